import { type CalendarEvent, calendarText } from '#calendar';

/** What a calendar shows of an item of an itinerary, or of a meeting beside it. */
export interface CalendarEntry {
  id: string;
  /** How often its calendar entry has changed. */
  sequence: number;
  updatedAt: Date;
  title: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  place: string | null;
  /** Kind of the item; null for a meeting. */
  kind: string | null;
  /** The organization that receives the delegates. */
  host: string | null;
  notes: string | null;
  /** Names of those who take part, where the calendar is not theirs alone. */
  people: string[];
  status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
}

/** Entries as an iCalendar file to read or subscribe to, each in the zone of its own place. */
export const itineraryCalendar = (name: string, entries: CalendarEntry[]): string =>
  calendarText({ name, method: 'PUBLISH', refreshAfter: 'PT1H', events: entries.map(event) });

const event = ({ updatedAt, place, kind, host, notes, people, ...entry }: CalendarEntry): CalendarEvent => ({
  ...entry,
  changedAt: updatedAt,
  location: place,
  description: [host, notes, people.join('\n')].filter((part) => part).join('\n\n'),
  ...(kind && { categories: [kind] }),
});
