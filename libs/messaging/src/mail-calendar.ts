import type { RecordSummary } from '#records';

/** Participation of the one attendee (RFC 5545 §3.2.12). */
export type Participation = 'NEEDS-ACTION' | 'ACCEPTED' | 'TENTATIVE' | 'DECLINED';

/** The calendar entry that a mail carries; what, when and where come from the mail's data. */
export interface MailCalendar {
  /** An entry to take in, or to take out again (RFC 5546). */
  method: 'REQUEST' | 'CANCEL';
  /** How often the event has changed; a calendar keeps the highest. */
  sequence: number;
  /** `NEEDS-ACTION` when absent: an answer is asked for. */
  partstat?: Participation;
}

/** Whether the record's start and end are known to the minute: nothing else may stand in a calendar. */
export const isExact = ({ exact, startsAt, endsAt }: Pick<RecordSummary, 'exact' | 'startsAt' | 'endsAt'>): boolean =>
  exact && startsAt !== null && endsAt !== null;

/** The entry for mails about a record; undefined without an exact start and end. */
export const calendarOf = (
  record: RecordSummary,
  method: MailCalendar['method'],
  partstat?: Participation,
): MailCalendar | undefined =>
  isExact(record) ? { method, sequence: record.sequence, ...(partstat && { partstat }) } : undefined;
