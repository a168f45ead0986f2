/** Kinds of items that programs know; a mission may use words of its own besides. */
export const ITINERARY_KINDS = [
  'arrival',
  'departure',
  'travel',
  'hotel',
  'orientation',
  'business_briefing',
  'meeting',
  'one_on_ones',
  'site_visit',
  'reception',
  'meal',
  'press',
  'debrief',
  'free_time',
  'other',
] as const;

/** A snake_case word of up to 40 characters. */
export const ITINERARY_KIND_FORM = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * What people have besides whatever else they do: a room for the night, an afternoon to themselves, the hours in which
 * one-on-ones are held, since each of these books its own.
 */
const HOLDING_NOBODY = new Set(['hotel', 'lodging', 'accommodation', 'free_time', 'one_on_ones']);

/** Whether items of a kind book those who take part, unless said otherwise; a flight does, a hotel does not. */
export const holdsPeople = (kind: string): boolean => !HOLDING_NOBODY.has(kind);
