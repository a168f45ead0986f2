import { Temporal } from 'temporal-polyfill';
import type { FieldFault } from '#faults';

export const MOST_REMINDERS = 5;

const LONGEST = Temporal.Duration.from({ days: 90 });
const FORM = /^P(?=\d|T\d)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?)?$/;

/** Whether this is an ISO 8601 duration of weeks, days, hours and minutes, from P0D to P90D. */
export function isRemindBefore(value: string): boolean {
  if (!FORM.test(value) || value.length > 20) return false;
  const relativeTo = '2026-01-01';
  const duration = Temporal.Duration.from(value);
  return Temporal.Duration.compare(duration, LONGEST, { relativeTo }) <= 0;
}

/** One fault per duration that is none, and one for too many. */
export function remindBeforeFaults(values: string[], pointer: string): FieldFault[] {
  const many =
    values.length > MOST_REMINDERS
      ? [{ pointer, code: 'too_many', message: `At most ${MOST_REMINDERS} reminders.` }]
      : [];
  const wrong = values.flatMap((value, index) =>
    isRemindBefore(value)
      ? []
      : [
          {
            pointer: `${pointer}/${index}`,
            code: 'bad_duration',
            message: 'An ISO 8601 duration from P0D to P90D, such as P1D or PT1H.',
          },
        ],
  );
  return [...many, ...wrong];
}
