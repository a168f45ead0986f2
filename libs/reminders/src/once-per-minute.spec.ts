import type { LedgerEntry } from '#messaging';
import { oncePerMinute } from './once-per-minute.js';

const entry = (dedupeKey: string, sendAt: string, email = 'aysel@example.com', templateKey = 'task_reminder') =>
  ({
    dedupeKey,
    aboutId: 'task',
    templateKey,
    sendAt: new Date(sendAt),
    recipient: { email, name: 'Aysel' },
  }) as LedgerEntry;
const kept = (...entries: LedgerEntry[]) => oncePerMinute(entries).map(({ dedupeKey }) => dedupeKey);

describe('reminders by two rules at the same minute', () => {
  it('are one mail, the older rule’s', () => {
    expect(kept(entry('P1D', '2026-03-09T14:00:00Z'), entry('PT24H', '2026-03-09T14:00:30Z'))).toEqual(['P1D']);
  });

  it('are two where the minute, the recipient or the words differ', () => {
    const first = entry('a', '2026-03-09T14:00:00Z');
    expect(kept(first, entry('b', '2026-03-09T14:01:00Z'))).toHaveLength(2);
    expect(kept(first, entry('b', '2026-03-09T14:00:00Z', 'rauf@example.com'))).toHaveLength(2);
    expect(kept(first, entry('b', '2026-03-09T14:00:00Z', 'aysel@example.com', 'parking'))).toHaveLength(2);
  });
});
