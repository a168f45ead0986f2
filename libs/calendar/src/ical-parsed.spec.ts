import fc from 'fast-check';
import ICAL from 'ical.js';
import { type CalendarEvent, calendarText } from './ical.js';

const ZONES = ['America/New_York', 'Asia/Baku', 'Europe/London', 'America/Los_Angeles', 'Asia/Kolkata', 'UTC'];

/** Some years, and the night in which New York's clocks go back. */
const AROUND = { min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true };
const BACKWARDS = { min: new Date('2026-11-01T03:00Z'), max: new Date('2026-11-01T09:00Z'), noInvalidDate: true };

const events = fc.record({
  id: fc.uuid(),
  sequence: fc.nat(1000),
  changedAt: fc.date(AROUND),
  startsAt: fc
    .oneof(fc.date(AROUND), fc.date(BACKWARDS))
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000)),
  hours: fc.integer({ min: 1, max: 72 }),
  timeZone: fc.option(fc.constantFrom(...ZONES)),
  title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  location: fc.option(fc.string({ unit: 'grapheme', maxLength: 100 })),
});

/** Reads a file as a calendar program would, with the zones the file brings along and no others. */
function parse(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const zones = new Map(
    calendar.getAllSubcomponents('vtimezone').map((zone) => [String(zone.getFirstPropertyValue('tzid')), zone]),
  );
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const instant = (name: string): Date => {
      const property = component.getFirstProperty(name);
      const time = property?.getFirstValue() as InstanceType<typeof ICAL.Time>;
      const zone = zones.get(String(property?.getParameter('tzid')));
      if (zone) time.zone = new ICAL.Timezone(zone);
      return time.toJSDate();
    };
    return { event, startsAt: instant('dtstart'), endsAt: instant('dtend') };
  });
}

describe('a calendar file, read by another program', () => {
  it('says the same instants, whatever zone its clocks are in', () => {
    fc.assert(
      fc.property(events, ({ hours, ...fields }) => {
        const event: CalendarEvent = { ...fields, endsAt: new Date(fields.startsAt.getTime() + hours * 3_600_000) };
        const [read] = parse(calendarText({ method: 'REQUEST', events: [event] }));
        expect(read?.startsAt).toEqual(event.startsAt);
        expect(read?.endsAt).toEqual(event.endsAt);
        expect(read?.event.uid).toBe(`${event.id}@chamberlain`);
        expect(read?.event.sequence).toBe(event.sequence);
      }),
      { numRuns: 500 },
    );
  });

  it('says the same title', () => {
    const plain = events.map((event) => ({ ...event, title: event.title.replace(/\p{Cc}/gu, '') }));
    fc.assert(
      fc.property(plain, ({ hours, ...fields }) => {
        const event: CalendarEvent = { ...fields, endsAt: new Date(fields.startsAt.getTime() + hours * 3_600_000) };
        const [read] = parse(calendarText({ events: [event] }));
        expect(read?.event.summary).toBe(event.title);
      }),
      { numRuns: 300 },
    );
  });
});
