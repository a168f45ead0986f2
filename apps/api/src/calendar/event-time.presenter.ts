import { localTimes, type OpenEventTime, toLocal } from '#calendar';
import { instant } from '../http/format.js';
import type { EventTimeDto } from './event-time.dto.js';

/** Null or absent for a time that is known to the minute. */
type ShownTime = OpenEventTime & { datePrecision?: string | null };

/** Instants, and what clocks at the place and at home show. */
export const presentEventTime = ({ startsAt, endsAt, timeZone, datePrecision }: ShownTime): EventTimeDto => ({
  startsAt: instant(startsAt),
  endsAt: instant(endsAt),
  startsAtLocal: startsAt && toLocal(startsAt, timeZone),
  endsAtLocal: endsAt && toLocal(endsAt, timeZone),
  timeZone,
  localTimes: localTimes({ startsAt, endsAt, datePrecision }),
});
