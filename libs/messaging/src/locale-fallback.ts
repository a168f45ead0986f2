/** The candidate in the nearest language: `az-Latn-AZ`, `az-Latn`, `az`, then English, then any. */
export function bestLocale<T extends { locale: string }>(candidates: T[], locale: string): T | undefined {
  const parts = locale.toLowerCase().split('-');
  const wanted = [...parts.map((_, i) => parts.slice(0, parts.length - i).join('-')), 'en'];
  for (const language of wanted) {
    const found = candidates.find((candidate) => candidate.locale.toLowerCase() === language);
    if (found) return found;
  }
  return candidates[0];
}
