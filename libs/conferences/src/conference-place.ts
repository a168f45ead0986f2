import type { Conference } from './conference.entity.js';

/** Where a conference takes place, in words: all its rooms are there. Null where nobody said. */
export const conferencePlace = ({ venue, city }: Pick<Conference, 'venue' | 'city'>): string | null =>
  [venue, city].filter((part) => part !== null).join(', ') || null;

/** The same in SQL. */
export const conferencePlaceSql = (conference: string): string =>
  `nullif(concat_ws(', ', ${conference}.venue, ${conference}.city), '')`;
