/** Languages the public pages speak. */
export const PAGE_LANGUAGES = ['en', 'az', 'ru', 'tr'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** The page language nearest to a BCP 47 tag. */
export const pageLanguage = (locale: string): PageLanguage => spoken(locale) ?? 'en';

/** The first of a reader's languages that the pages speak (RFC 9110 §12.5.4). */
export function acceptedLanguage(header: string | undefined): PageLanguage {
  const wanted = (header ?? '').slice(0, 500).split(',').map(weighed);
  const best = wanted
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .flatMap(({ tag }) => spoken(tag) ?? []);
  return best[0] ?? 'en';
}

const spoken = (tag: string): PageLanguage | undefined =>
  PAGE_LANGUAGES.find((language) => tag.trim().toLowerCase().split('-')[0] === language);

function weighed(range: string): { tag: string; weight: number } {
  const [tag = '', ...parameters] = range.split(';');
  const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/i.exec(parameter)?.[1]).find(Boolean);
  return { tag, weight: Number(quality ?? 1) || 0 };
}
