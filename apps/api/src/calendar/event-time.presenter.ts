import { type OpenEventTime, toLocal } from '#calendar';
import { instant } from '../http/format.js';
import type { EventTimeDto } from './event-time.dto.js';

/** Instants, and what clocks at the place show. */
export const presentEventTime = ({ startsAt, endsAt, timeZone }: OpenEventTime): EventTimeDto => ({
  startsAt: instant(startsAt),
  endsAt: instant(endsAt),
  startsAtLocal: startsAt && toLocal(startsAt, timeZone),
  endsAtLocal: endsAt && toLocal(endsAt, timeZone),
  timeZone,
});
