import { Temporal } from 'temporal-polyfill';
import type { FieldFault } from '#faults';
import { REMINDED_AFTERWARDS, REMINDER_AUDIENCES, type ReminderSubjectKind } from './reminder-subject.js';

/** What a rule says of when, and of whom. */
export interface RuleTerms {
  subject: ReminderSubjectKind;
  offset: string;
  atLocalTime?: string | null;
  audience: string;
}

/** Days between a subject and its reminder at most, either way. */
const FURTHEST = 366;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Why nothing sensible could be planned by a rule, all reasons at once. */
export const ruleFaults = (terms: RuleTerms): FieldFault[] => [
  ...offsetFaults(terms),
  ...timeFaults(terms),
  ...audienceFaults(terms),
];

function offsetFaults({ offset, subject }: RuleTerms): FieldFault[] {
  const duration = durationOf(offset);
  const fault = (code: string, message: string): FieldFault[] => [{ pointer: '/offset', code, message }];
  if (!duration) return fault('bad_duration', `"${offset}" is not an ISO 8601 duration such as -P1D or -PT1H.`);
  if (!isWithinReach(duration)) return fault('out_of_range', `An offset leads at most ${FURTHEST} days away.`);
  if (duration.sign > 0 && !REMINDED_AFTERWARDS.includes(subject))
    return fault('too_late', `Reminders of a subject of this kind are of use before it only, such as -${offset}.`);
  return [];
}

/** A time of day belongs to a day: an hour before 14:00 is not 09:00. */
function timeFaults({ offset, atLocalTime }: RuleTerms): FieldFault[] {
  if (!atLocalTime) return [];
  const fault = (code: string, message: string): FieldFault[] => [{ pointer: '/atLocalTime', code, message }];
  if (!TIME.test(atLocalTime)) return fault('bad_time', `"${atLocalTime}" is not a time such as 09:00.`);
  const { hours, minutes, seconds } = durationOf(offset) ?? new Temporal.Duration();
  if (hours === 0 && minutes === 0 && seconds === 0) return [];
  return fault(
    'not_with_hours',
    'A local time goes with an offset of whole days, such as -P1D, or P0D for the same day.',
  );
}

function audienceFaults({ subject, audience }: RuleTerms): FieldFault[] {
  const allowed = ['all', ...REMINDER_AUDIENCES[subject]];
  if (allowed.includes(audience)) return [];
  const message = `"${audience}" is no audience of ${subject}; use one of ${allowed.join(', ')}.`;
  return [{ pointer: '/audience', code: 'unknown_audience', message }];
}

function durationOf(text: string): Temporal.Duration | undefined {
  try {
    return Temporal.Duration.from(text);
  } catch {
    // RangeError is how Temporal says no.
    return undefined;
  }
}

function isWithinReach(duration: Temporal.Duration): boolean {
  try {
    return duration.abs().total({ unit: 'days', relativeTo: '2026-01-01' }) <= FURTHEST;
  } catch {
    // RangeError: further than the calendar reaches.
    return false;
  }
}
