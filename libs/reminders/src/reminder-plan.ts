import { Temporal } from 'temporal-polyfill';
import type { MessageReason } from '#messaging';
import { isQuiet, outsideQuietHours } from './quiet-hours.js';

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

/** When one reminder goes out to one recipient. Throws RangeError for an offset or a zone that does not exist. */
export function leadTime(lead: Lead, context: LeadContext): LeadTime {
  const nominal = nominalTime(lead, context);
  if (!isLong(lead.offset)) return { sendAt: nominal, reason: reasonAgainst(nominal, context) };
  const sendAt = outsideQuietHours(nominal, context.recipientTimeZone, context);
  return { sendAt, reason: reasonAgainst(sendAt, context) ?? sleeping(sendAt, context) };
}

/** An offset already past is skipped, never made up for at once. */
function reasonAgainst(sendAt: Date, { now, notAfter }: LeadContext): MessageReason | null {
  if (sendAt < now) return 'past';
  return sendAt > notAfter ? 'too_late' : null;
}

/** The evening before has passed, and the morning is too late: a lead of days wakes nobody. */
const sleeping = (sendAt: Date, { recipientTimeZone }: LeadContext): MessageReason | null =>
  isQuiet(sendAt, recipientTimeZone) ? 'past' : null;

/** Days are calendar days of the subject's zone: a day before 10:00 is 10:00, whatever the clocks did in the night. */
function nominalTime(lead: Lead, { at, timeZone }: LeadContext): Date {
  const shifted = instant(at).toZonedDateTimeISO(timeZone).add(Temporal.Duration.from(lead.offset));
  return new Date((lead.atLocalTime ? shifted.withPlainTime(lead.atLocalTime) : shifted).epochMilliseconds);
}

/** A day or more, either way. */
function isLong(offset: string): boolean {
  const { years, months, weeks, days, hours } = Temporal.Duration.from(offset).abs();
  return years + months + weeks + days > 0 || hours >= 24;
}

const instant = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime());

/** The lead of a duration before the subject, as `remindBefore` gives it; its sign does not matter. */
export function leadBefore(duration: string): Lead {
  const offset = Temporal.Duration.from(duration).abs().negated().toString();
  return { key: offset, offset };
}

/** Whether the offset leads to a time after the subject's instant. */
export const isAfterwards = (offset: string): boolean => Temporal.Duration.from(offset).sign > 0;

/** Whether it goes out at the subject's instant itself. */
export const isAtOnce = ({ offset, atLocalTime }: Lead): boolean =>
  !atLocalTime && Temporal.Duration.from(offset).sign === 0;

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
