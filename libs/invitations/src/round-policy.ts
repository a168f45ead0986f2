import { Temporal } from 'temporal-polyfill';
import { type FieldFault, Invalid } from '#faults';
import type { RecordSummary } from '#records';
import { isDuration } from '#reminders';
import { type InvitationRound, usefulUntil } from './invitation-round.js';

/** Nobody is asked again later than a year after the invitation. */
const LONGEST = Temporal.Duration.from({ years: 1 });

/** Throws Invalid for nudges that are no durations ahead, and for times that lie behind the event or each other. */
export function demandSoundRound(round: InvitationRound, about: RecordSummary, now: Date): void {
  const { respondBy, sendAt } = round;
  const end = usefulUntil(about);
  const faults = (round.nudges ?? []).flatMap(nudgeFaults);
  if (sendAt && end && sendAt > end)
    faults.push(fault('/sendAt', 'after_the_event', 'The mails would go out after it is over.'));
  if (respondBy && respondBy <= now) faults.push(PAST);
  else if (respondBy && sendAt && respondBy <= sendAt)
    faults.push(fault('/respondBy', 'before_sending', 'The answer would be due before the mails go out.'));
  if (faults.length > 0) throw new Invalid(faults);
}

/** Throws Invalid for a moment that has passed. */
export function demandRespondBy(respondBy: Date, now: Date): void {
  if (respondBy <= now) throw new Invalid([PAST]);
}

const fault = (pointer: string, code: string, message: string): FieldFault => ({ pointer, code, message });

const PAST = fault('/respondBy', 'past', 'Nobody can answer by a moment that has passed.');

function nudgeFaults(nudge: string, index: number): FieldFault[] {
  const text = JSON.stringify(nudge);
  return isNudge(nudge)
    ? []
    : [
        fault(
          `/nudges/${index}`,
          'bad_duration',
          `${text} is not an ISO 8601 duration ahead, such as P7D, of a year at most.`,
        ),
      ];
}

function isNudge(text: string): boolean {
  if (!isDuration(text)) return false;
  const duration = Temporal.Duration.from(text);
  const relativeTo = Temporal.PlainDate.from('2026-01-01');
  return duration.sign > 0 && isWithin(duration, relativeTo);
}

function isWithin(duration: Temporal.Duration, relativeTo: Temporal.PlainDate): boolean {
  try {
    return Temporal.Duration.compare(duration, LONGEST, { relativeTo }) <= 0;
  } catch {
    // RangeError: it leads out of the calendar.
    return false;
  }
}
