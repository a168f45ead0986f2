/**
 * A time in words, or a span where an end is given that comes after the start. The tables of the Unicode project join an
 * Azerbaijani day and its time by a slash; nobody writes so.
 */
export function spelledTime(format: Intl.DateTimeFormat, start: Date, end?: Date | null): string {
  const text = end && end > start ? format.formatRange(start, end) : format.format(start);
  return format.resolvedOptions().locale.startsWith('az') ? text.replaceAll('/', ' ') : text;
}
