import type { Span } from './booking.js';
import type { Clash } from './booking.policy.js';
import type { BookingConflict } from './bookings.errors.js';
import { instantText } from './event-time.js';
import { localTimes } from './home-time-zones.js';

/** A clash as the API tells it. */
export const conflictText = (clash: Omit<Clash, 'n' | 'other' | 'firm'>, wanted: Span): BookingConflict => ({
  ...(clash.travelTime === null ? { code: 'overlap' } : { code: 'travel', travelTime: clash.travelTime }),
  resource: clash.resource,
  about: clash.about,
  startsAt: instantText(clash.startsAt),
  endsAt: instantText(clash.endsAt),
  localTimes: localTimes(clash),
  place: clash.place,
  wanted: {
    startsAt: instantText(wanted.startsAt),
    endsAt: instantText(wanted.endsAt),
    place: wanted.place ?? null,
  },
});
