import { type CalendarMail, mailCalendarFile } from './mail-calendar-file.js';

const MAIL: CalendarMail = {
  aboutId: '0195f0a0-0000-7000-8000-000000000001',
  calendar: { method: 'REQUEST', sequence: 3 },
  email: 'leyla@example.com',
  recipientName: 'Leyla',
  locale: 'ru-RU',
  data: {
    title: 'Forum',
    startsAt: '2026-03-10T14:00:00.000Z',
    endsAt: '2026-03-10T15:00:00.000Z',
    timeZone: 'Asia/Baku',
    place: 'Hall',
  },
};

const HOUSE = {
  organizer: { name: 'Chamber', email: 'mail@chamber.example' },
  respondUrl: 'https://chamber.example/rsvp/x',
};

const linesOf = (mail: Partial<CalendarMail>): string[] =>
  (mailCalendarFile({ ...MAIL, ...mail }, HOUSE) ?? '').replace(/\r\n /g, '').split('\r\n');

describe('the calendar entry of a mail', () => {
  it('is a request to its one recipient, with the page that takes the answer', () => {
    expect(linesOf({})).toEqual(
      expect.arrayContaining([
        'METHOD:REQUEST',
        'UID:0195f0a0-0000-7000-8000-000000000001@chamberlain',
        'SEQUENCE:3',
        'DTSTART;TZID=Asia/Baku:20260310T180000',
        'DTEND;TZID=Asia/Baku:20260310T190000',
        'DESCRIPTION:Ответить: https://chamber.example/rsvp/x',
        'STATUS:CONFIRMED',
        'ORGANIZER;CN="Chamber":mailto:mail@chamber.example',
        'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Leyla":mailto:leyla@example.com',
      ]),
    );
  });

  it('asks nobody again who has answered', () => {
    const calendar = { method: 'REQUEST', sequence: 0, partstat: 'ACCEPTED' } as const;
    expect(linesOf({ calendar }).join()).toContain('PARTSTAT=ACCEPTED;RSVP=FALSE');
  });

  it('goes at the time its recipient knew', () => {
    const was = { wasStartsAt: '2026-03-09T14:00:00.000Z', wasEndsAt: '2026-03-09T15:00:00.000Z', wasTimeZone: 'UTC' };
    const lines = linesOf({ calendar: { method: 'CANCEL', sequence: 4 }, data: { ...MAIL.data, ...was } });
    expect(lines).toEqual(
      expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED', 'DTSTART;TZID=UTC:20260309T140000']),
    );
    expect(lines.join()).not.toContain('DESCRIPTION');
  });

  it('has times in UTC where there is no such zone', () => {
    expect(linesOf({ data: { ...MAIL.data, timeZone: 'Mars/Olympus' } })).toContain('DTSTART:20260310T140000Z');
  });

  it.each([
    ['without one', { calendar: null }],
    ['about nothing', { aboutId: null }],
    ['without an end', { data: { ...MAIL.data, endsAt: null } }],
    ['with a time that is none', { data: { ...MAIL.data, startsAt: 'soon' } }],
  ])('is not in a mail %s', (_what, mail) => {
    expect(mailCalendarFile({ ...MAIL, ...mail }, HOUSE)).toBeUndefined();
  });
});
