import { isTimeZone } from '#calendar';
import { Invalid } from '#faults';
import type { LedgerEntry } from '#messaging';
import { isAfterwards, isAtOnce, isDuration, type Lead, leadBefore, leadTime, type LeadTime } from './reminder-plan.js';
import type { Reminded, ReminderSubject } from './reminder-subject.js';

/** A lead time, and whom it speaks to in which words. */
export interface PlannedLead extends Lead {
  /** Kind of subject it speaks to. */
  subject: string;
  ruleId?: string;
  audience: string;
  templateKey: string;
}

/** Throws Invalid for an offset or a zone that does not exist. */
export function demandSound({ offsets = [], timeZone }: ReminderSubject): void {
  const faults = offsets.flatMap((offset, index) =>
    isDuration(offset)
      ? []
      : [
          {
            pointer: `/remindBefore/${index}`,
            code: 'bad_duration',
            message: `"${offset}" is not an ISO 8601 duration such as P1D or PT1H.`,
          },
        ],
  );
  if (!isTimeZone(timeZone))
    faults.push({ pointer: '/timeZone', code: 'bad_time_zone', message: `"${timeZone}" is not an IANA time zone.` });
  if (faults.length > 0) throw new Invalid(faults);
}

/** The same duration written twice (`P1D`, `-P1D`) is one lead. */
function ownLeads({ subject, templateKey = `${subject}_reminder` }: ReminderSubject, offsets: string[]): PlannedLead[] {
  const leads = offsets.map((offset) => ({ ...leadBefore(offset), subject, audience: 'all', templateKey }));
  return leads.filter((lead, index) => leads.findIndex((other) => other.key === lead.key) === index);
}

/** Every reminder for every recipient whom it concerns: by the subject's own offsets, if it has any, else by the rules. */
export function wantedEntries(subject: ReminderSubject, rules: PlannedLead[], now: Date): LedgerEntry[] {
  const leads = subject.offsets ? ownLeads(subject, subject.offsets) : rules;
  const spoken = leads.filter((lead) => lead.subject === subject.subject);
  return spoken.flatMap((lead) => {
    const entryFor = entriesOf(subject, lead, now);
    return subject.recipients
      .filter(({ audience }) => audience === undefined || lead.audience === 'all' || lead.audience === audience)
      .map(entryFor);
  });
}

/** What all recipients of a reminder have in common is worked out once; when it goes out, once for each of their zones. */
function entriesOf(subject: ReminderSubject, lead: PlannedLead, now: Date): (recipient: Reminded) => LedgerEntry {
  const { at, timeZone, aboutId } = subject;
  const notAfter = usefulUntil(subject, lead);
  const occurrence = `${subject.subject}:${aboutId}:${lead.key}:${at.toISOString()}`;
  const shared = {
    kind: 'reminder' as const,
    reminderOf: subject.subject,
    occursAt: at,
    ruleId: lead.ruleId,
    aboutId,
    templateKey: lead.templateKey,
    data: { startsAt: at.toISOString(), timeZone, ...subject.data },
    timeZone,
    notAfter,
  };
  const times = new Map<string | null | undefined, LeadTime>();
  const timeIn = (zone: string | null | undefined): LeadTime => {
    const known = times.get(zone);
    if (known) return known;
    const recipientTimeZone = zone && isTimeZone(zone) ? zone : timeZone;
    const time = leadTime(lead, { at, timeZone, recipientTimeZone, notAfter, now });
    times.set(zone, time);
    return time;
  };
  return ({ audience: _, ...recipient }) => {
    const who = recipient.personId ?? recipient.userId ?? recipient.email?.toLowerCase() ?? '';
    const unreachable = recipient.email === null && { reason: 'no_address' as const };
    return { ...shared, dedupeKey: `${occurrence}:${who}`, recipient, ...timeIn(recipient.timeZone), ...unreachable };
  };
}

/** Milliseconds for which a reminder at the very moment is of use: it can only go out after it. */
const AT_ONCE = 600_000;

function usefulUntil({ at, notAfter = at, notAfterwards = notAfter }: ReminderSubject, lead: Lead): Date {
  if (isAfterwards(lead.offset)) return notAfterwards;
  return isAtOnce(lead) ? new Date(Math.max(notAfter.getTime(), at.getTime() + AT_ONCE)) : notAfter;
}
