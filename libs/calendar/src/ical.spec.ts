import { type CalendarEvent, calendarText } from './ical.js';

const EVENT: CalendarEvent = {
  id: '0195f0a0-0000-7000-8000-000000000001',
  sequence: 2,
  changedAt: new Date('2026-03-01T09:30:15.250Z'),
  startsAt: new Date('2026-03-10T14:00:00Z'),
  endsAt: new Date('2026-03-10T15:30:00Z'),
  title: 'Strengthening Bilateral Trade and Strategic Cooperation',
};

/** Lines as a reader sees them after unfolding (RFC 5545 §3.1). */
const unfolded = (text: string): string[] => text.replace(/\r\n[ \t]/g, '').split('\r\n');

const lineOf = (event: Partial<CalendarEvent>, key: string): string | undefined =>
  unfolded(calendarText({ events: [{ ...EVENT, ...event }] })).find((line) => line.startsWith(key));

describe('a calendar file', () => {
  it('holds its events with stable identifiers and times in UTC', () => {
    expect(unfolded(calendarText({ events: [EVENT] }))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Chamberlain//Chamberlain//EN',
      'CALSCALE:GREGORIAN',
      'BEGIN:VEVENT',
      'UID:0195f0a0-0000-7000-8000-000000000001@chamberlain',
      'SEQUENCE:2',
      'DTSTAMP:20260301T093015Z',
      'DTSTART:20260310T140000Z',
      'DTEND:20260310T153000Z',
      'SUMMARY:Strengthening Bilateral Trade and Strategic Cooperation',
      'STATUS:CONFIRMED',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('says what it is for when it is an invitation or its withdrawal', () => {
    expect(unfolded(calendarText({ method: 'CANCEL', events: [] }))).toContain('METHOD:CANCEL');
  });

  it('escapes text, so that a title cannot add a line of its own', () => {
    const title = 'Oil; gas, \\ and\r\nATTENDEE:mailto:x@example.com\u0007';
    expect(lineOf({ title }, 'SUMMARY')).toBe('SUMMARY:Oil\\; gas\\, \\\\ and\\nATTENDEE:mailto:x@example.com');
  });

  it('keeps names of attendees inside their quotes', () => {
    const attendees = [{ name: 'Elnur "E"\r\nX: Əliyev; MP', email: 'elnur@example.com\r\nX:1' }];
    expect(lineOf({ attendees }, 'ATTENDEE')).toBe(
      `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Elnur 'E' X: Əliyev; MP":mailto:elnur@example.comX:1`,
    );
  });

  it('folds lines at 75 octets without cutting a letter in two', () => {
    const title = 'Azərbaycan Respublikasının İqtisadiyyat Nazirliyi və ABŞ Ticarət Palatası 🤝 '.repeat(5).trim();
    const lines = calendarText({ events: [{ ...EVENT, title }] }).split('\r\n');
    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(lines.filter((line) => line.startsWith(' ')).length).toBeGreaterThan(4);
    expect(lineOf({ title }, 'SUMMARY')).toBe(`SUMMARY:${title}`);
  });
});
