import { Temporal } from 'temporal-polyfill';
import { type FieldFault, Invalid } from '#faults';
import { placeKey } from './place.js';

/** What people say of a way; a place that is null stands for any. */
export interface TravelTimeTerms {
  fromPlace: string | null;
  toPlace: string | null;
  /** ISO 8601 */
  duration: string;
}

/** The same as it is reckoned with. */
export interface ReckonedTerms {
  fromKey: string | null;
  toKey: string | null;
  seconds: number;
}

const DAY = 86_400;

/** Throws Invalid with every fault: bad_duration, out_of_range, bad_place, same_place. */
export function reckoned({ fromPlace, toPlace, duration }: TravelTimeTerms): ReckonedTerms {
  const seconds = secondsOf(duration);
  const [fromKey, toKey] = [placeKey(fromPlace), placeKey(toPlace)];
  const faults = [
    ...(typeof seconds === 'number' ? [] : [seconds]),
    ...(fromPlace !== null && fromKey === null ? [badPlace('/fromPlace')] : []),
    ...(toPlace !== null && toKey === null ? [badPlace('/toPlace')] : []),
    ...(fromKey !== null && fromKey === toKey ? [SAME_PLACE] : []),
  ];
  if (faults.length > 0 || typeof seconds !== 'number') throw new Invalid(faults);
  return { fromKey, toKey, seconds };
}

/** Whole seconds, up; or what is wrong with the duration. */
function secondsOf(text: string): number | FieldFault {
  try {
    const duration = Temporal.Duration.from(text);
    if (duration.years || duration.months || duration.weeks) return OUT_OF_RANGE;
    const seconds = Math.ceil(duration.total({ unit: 'seconds' }));
    return duration.sign >= 0 && seconds <= DAY ? seconds : OUT_OF_RANGE;
  } catch (error) {
    if (error instanceof RangeError) return BAD_DURATION;
    throw error;
  }
}

const BAD_DURATION: FieldFault = {
  pointer: '/duration',
  code: 'bad_duration',
  message: 'Write an ISO 8601 duration such as PT15M.',
};

const OUT_OF_RANGE: FieldFault = {
  pointer: '/duration',
  code: 'out_of_range',
  message: 'A travel time is PT0S to P1D.',
};

const SAME_PLACE: FieldFault = {
  pointer: '/toPlace',
  code: 'same_place',
  message: 'The two places are one; nobody travels there.',
};

const badPlace = (pointer: string): FieldFault => ({
  pointer,
  code: 'bad_place',
  message: 'A place has letters or digits.',
});
