import type { LedgerEntry } from '#messaging';

const MINUTE = 60_000;

/**
 * Two rules may lead to the same minute (a day, 24 hours; two times that the night moves to one evening): the same words
 * about the same thing reach a recipient once, by the older rule.
 */
export function oncePerMinute(entries: LedgerEntry[]): LedgerEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ aboutId, recipient, templateKey, sendAt }) => {
    const who = recipient.personId ?? recipient.userId ?? recipient.email?.toLowerCase();
    const key = [aboutId, who, templateKey, Math.floor((sendAt?.getTime() ?? 0) / MINUTE)].join(' ');
    return !seen.has(key) && seen.add(key);
  });
}
