import { Temporal } from 'temporal-polyfill';
import type { MessageReason } from '#messaging';

/** One lead time: from a rule, or asked for on the subject itself. */
export interface Lead {
  /** Names the rule or the duration in the dedupe key. */
  key: string;
  /** ISO 8601 duration from the subject's instant: `-P1D` is a day before, `P7D` a week after. */
  offset: string;
  /** `HH:MM` in the subject's zone, on the day the offset leads to. */
  atLocalTime?: string | null;
}

export interface LeadContext {
  /** What offsets count from. */
  at: Date;
  /** Zone in which the subject's days are counted. */
  timeZone: string;
  /** Zone whose nights are quiet. */
  recipientTimeZone: string;
  notAfter: Date;
  now: Date;
}

export interface LeadTime {
  sendAt: Date;
  /** Set when it must not go out at all. */
  reason: MessageReason | null;
}

/** Nobody is mailed from 21:00 to 08:00 where they are, unless the lead is shorter than a day. */
const QUIET_FROM = 21;
const QUIET_UNTIL = 8;
/** A mail that would fall into the night goes out at this hour of the evening before. */
const EVENING = 20;

/** When one reminder goes out to one recipient. Throws RangeError for an offset or a zone that does not exist. */
export function leadTime(lead: Lead, context: LeadContext): LeadTime {
  const nominal = nominalTime(lead, context);
  const sendAt = isLong(lead.offset) ? outsideQuietHours(nominal, context) : nominal;
  return { sendAt: toDate(sendAt), reason: reasonAgainst(sendAt, context) };
}

/** An offset already past is skipped, never made up for at once. */
function reasonAgainst(sendAt: Temporal.Instant, { now, notAfter }: LeadContext): MessageReason | null {
  if (sendAt.epochMilliseconds < now.getTime()) return 'past';
  return sendAt.epochMilliseconds > notAfter.getTime() ? 'too_late' : null;
}

/** Days are calendar days of the subject's zone: a day before 10:00 is 10:00, whatever the clocks did in the night. */
function nominalTime(lead: Lead, { at, timeZone }: LeadContext): Temporal.Instant {
  const shifted = instant(at).toZonedDateTimeISO(timeZone).add(Temporal.Duration.from(lead.offset));
  return (lead.atLocalTime ? shifted.withPlainTime(lead.atLocalTime) : shifted).toInstant();
}

/** A day or more, either way. */
function isLong(offset: string): boolean {
  const { years, months, weeks, days, hours } = Temporal.Duration.from(offset).abs();
  return years + months + weeks + days > 0 || hours >= 24;
}

/** Earlier, in the evening before the night; where that has passed already, in the morning after it if that still helps. */
function outsideQuietHours(nominal: Temporal.Instant, context: LeadContext): Temporal.Instant {
  const local = nominal.toZonedDateTimeISO(context.recipientTimeZone);
  if (local.hour >= QUIET_UNTIL && local.hour < QUIET_FROM) return nominal;
  const night = local.hour < QUIET_UNTIL ? local.subtract({ days: 1 }) : local;
  const evening = atHour(night, EVENING);
  if (evening.epochMilliseconds >= context.now.getTime()) return evening;
  const morning = atHour(night.add({ days: 1 }), QUIET_UNTIL);
  return morning.epochMilliseconds < context.notAfter.getTime() ? morning : evening;
}

const atHour = (day: Temporal.ZonedDateTime, hour: number): Temporal.Instant => day.withPlainTime({ hour }).toInstant();

const instant = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime());
const toDate = (value: Temporal.Instant): Date => new Date(value.epochMilliseconds);

/** The lead of a duration before the subject, as `remindBefore` gives it; its sign does not matter. */
export function leadBefore(duration: string): Lead {
  const offset = Temporal.Duration.from(duration).abs().negated().toString();
  return { key: offset, offset };
}

/** Whether the offset leads to a time after the subject's instant. */
export const isAfterwards = (offset: string): boolean => Temporal.Duration.from(offset).sign > 0;

/** Whole days that the offset leads back from `at`, rounded up; 0 for one that leads forwards. */
export function daysAhead(offset: string, at: Date): number {
  const day = instant(at).toZonedDateTimeISO('UTC');
  return Math.max(0, Math.ceil(-Temporal.Duration.from(offset).total({ unit: 'days', relativeTo: day })));
}

/** Whether the text is an ISO 8601 duration. */
export function isDuration(text: string): boolean {
  try {
    Temporal.Duration.from(text);
    return true;
  } catch {
    // RangeError is how Temporal says no.
    return false;
  }
}
