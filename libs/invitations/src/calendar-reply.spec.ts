import fc from 'fast-check';
import { Fault } from '#faults';
import { calendarPart } from './calendar-reply-mail.js';
import { calendarReply } from './calendar-reply.js';

const ID = '0195f0a0-0000-7000-8000-00000000000a';

const CRLF = (text: string): string => text.replace(/\n/g, '\r\n');

/** As Google Calendar writes it: the note beside the attendee. */
const GOOGLE = CRLF(`BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20260310T140000Z
DTEND:20260310T150000Z
DTSTAMP:20260301T091533Z
ORGANIZER;CN=Chamber of Commerce:mailto:events@chamber.example
UID:${ID}@chamberlain
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Leyla 
 Əliyeva;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="I&#39\\;m late: 10 minutes":mailt
 o:leyla@example.com
CREATED:20260228T100000Z
DESCRIPTION:Answer: https://chamber.example/rsvp/abc
LAST-MODIFIED:20260301T091533Z
LOCATION:Hall\\, 2nd floor
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:Forum
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
`);

/** As Exchange and Outlook write it: zones by names of their own, capitals, the note with a line end too many. */
const OUTLOOK = CRLF(`BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Azerbaijan Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0400
TZOFFSETTO:+0400
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T000000
TZOFFSETFROM:+0400
TZOFFSETTO:+0400
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=TENTATIVE;CN=Leyla Aliyeva:MAILTO:Leyla@Example.com
COMMENT;LANGUAGE=en-US:Perhaps\\, after lunch.\\n
UID:${ID.toUpperCase()}@chamberlain
SUMMARY;LANGUAGE=en-US:Tentative: Forum
DTSTART;TZID=Azerbaijan Standard Time:20260310T180000
DTEND;TZID=Azerbaijan Standard Time:20260310T190000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20260301T091533Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:2
LOCATION;LANGUAGE=en-US:Hall
X-MICROSOFT-CDO-APPT-SEQUENCE:2
X-MICROSOFT-CDO-OWNERAPPTID:-1
X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE
X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY
X-MICROSOFT-CDO-ALLDAYEVENT:FALSE
X-MICROSOFT-CDO-IMPORTANCE:1
X-MICROSOFT-CDO-INSTTYPE:0
X-MICROSOFT-DISALLOW-COUNTER:FALSE
END:VEVENT
END:VCALENDAR
`);

/** As Apple's programs write it: the attendee may be one of the address book, with the address beside. */
const APPLE = `BEGIN:VCALENDAR
CALSCALE:GREGORIAN
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 15.3//EN
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;CN="Leyla Aliyeva";CUTYPE=INDIVIDUAL;EMAIL="leyla@example.com";PART
 STAT=DECLINED;X-CALENDARSERVER-DTSTAMP=20260301T091533Z:urn:uuid:5d2d3b6e-0
 000-4000-8000-000000000000
DTEND:20260310T150000Z
DTSTAMP:20260301T091533Z
DTSTART:20260310T140000Z
LAST-MODIFIED:20260301T091530Z
ORGANIZER;CN="Chamber of Commerce":mailto:events@chamber.example
SEQUENCE:0
SUMMARY:Forum
UID:${ID}@chamberlain
X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
END:VEVENT
END:VCALENDAR
`;

const COMMON = { aboutId: ID, email: 'leyla@example.com', answeredAt: new Date('2026-03-01T09:15:33Z') };

const codeOf = (text: string): string => {
  try {
    calendarReply(text);
    return 'taken';
  } catch (error) {
    return error instanceof Fault ? String(error.errors[0]?.code) : String(error);
  }
};

const mailWith = (type: string, encoding: string, content: string): string =>
  CRLF(`From: Leyla <leyla@example.com>
To: events@chamber.example
Subject: Accepted: Forum
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain; charset="UTF-8"

Leyla has accepted.
--inner
Content-Type: ${type}
Content-Transfer-Encoding: ${encoding}

${content}
--inner--
--outer
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"

BEGIN:VCALENDAR
END:VCALENDAR
--outer--
`);

const asQuotedPrintable = (bytes: Buffer): string =>
  [...bytes]
    .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
    .replace(/(.{72})/g, '$1=\n');

describe('the answer of a calendar program', () => {
  it('is read as Google writes it', () => {
    const note = "I'm late: 10 minutes";
    expect(calendarReply(GOOGLE)).toEqual({ ...COMMON, name: 'Leyla Əliyeva', status: 'accepted', note });
  });

  it('is read as Outlook writes it', () => {
    const note = 'Perhaps, after lunch.';
    expect(calendarReply(OUTLOOK)).toEqual({ ...COMMON, name: 'Leyla Aliyeva', status: 'tentative', note });
  });

  it('is read as Apple writes it', () => {
    const read = { ...COMMON, name: 'Leyla Aliyeva', status: 'declined', note: undefined };
    expect(calendarReply(APPLE)).toEqual(read);
    expect(calendarReply(CRLF(APPLE))).toEqual(read);
  });

  it('may say who comes instead', () => {
    const text = APPLE.replace(/PART\n STAT=DECLINED/, 'PARTSTAT=DELEGATED;DELEGATED-TO="mailto:rashad@example.com"');
    expect(calendarReply(text)).toMatchObject({ status: 'delegated', note: '→ rashad@example.com' });
  });

  it('may be about an event of others', () => {
    expect(calendarReply(APPLE.replace(`${ID}@chamberlain`, '7kukuqrfedlm2f9t@google.com')).aboutId).toBeNull();
    expect(calendarReply(APPLE.replace(`UID:${ID}`, `UID:x${ID}`)).aboutId).toBeNull();
    expect(calendarReply(APPLE.replace(/UID:.*\n/, '')).aboutId).toBeNull();
  });

  it('has a note that fits the page: no control characters, and not too long', () => {
    const noted = (note: string) =>
      calendarReply(APPLE.replace('CALSCALE:GREGORIAN\n', '').replace('UID:', `COMMENT:${note}\nUID:`)).note;
    expect(noted('one\\ntwo\u0000\u0007')).toBe('one\ntwo');
    expect(noted('x'.repeat(5_000))).toHaveLength(2_000);
    expect(noted(' \\n ')).toBeUndefined();
  });

  it.each([
    ['no_calendar', 'Out of office until Monday.'],
    ['no_calendar', ''],
    ['no_calendar', APPLE.replace('END:VCALENDAR', '')],
    ['no_calendar', APPLE + APPLE],
    ['no_calendar', APPLE.replace(/VCALENDAR/g, 'VCARD')],
    ['not_a_reply', APPLE.replace('METHOD:REPLY', 'METHOD:REQUEST')],
    ['not_a_reply', APPLE.replace('METHOD:REPLY\n', '')],
    ['counter_proposal', APPLE.replace('METHOD:REPLY', 'METHOD:COUNTER')],
    ['not_one_event', APPLE.replace(/VEVENT/g, 'VTODO')],
    ['not_one_event', APPLE.replace('END:VEVENT', 'END:VEVENT\nBEGIN:VEVENT\nEND:VEVENT')],
    ['not_one_attendee', APPLE.replace('ATTENDEE;', 'X-ATTENDEE;')],
    ['not_one_attendee', APPLE.replace('DTEND', 'ATTENDEE:mailto:other@example.com\nDTEND')],
    ['no_address', APPLE.replace('EMAIL="leyla@example.com";', '')],
    ['no_address', OUTLOOK.replace('Leyla@Example.com', 'nobody')],
    ['no_answer', OUTLOOK.replace('PARTSTAT=TENTATIVE', 'PARTSTAT=NEEDS-ACTION')],
    ['no_answer', OUTLOOK.replace('PARTSTAT=TENTATIVE;', '')],
    ['no_stamp', APPLE.replace(/\nDTSTAMP:.*/, '')],
    ['no_stamp', APPLE.replace(/\nDTSTAMP:.*/, '\nDTSTAMP:20261399T999999Z')],
  ])('is refused as %s where it is something else', (code, text) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([
    [
      'base64',
      'text/calendar; charset="utf-8"; method=REPLY',
      Buffer.from(GOOGLE)
        .toString('base64')
        .replace(/(.{76})/g, '$1\n'),
    ],
    ['quoted-printable', 'text/calendar; charset=UTF-8; method=REPLY', asQuotedPrintable(Buffer.from(GOOGLE))],
    ['8bit', 'Text/Calendar; method=REPLY', GOOGLE.replace(/\r/g, '')],
  ])('is taken out of the mail that brought it, in %s', async (encoding, type, content) => {
    expect(calendarReply(await calendarPart(mailWith(type, encoding, content)))).toEqual(calendarReply(GOOGLE));
  });

  it('is read in the character set of its mail', async () => {
    const text = OUTLOOK.replace('Leyla Aliyeva', 'Лейла');
    const cyrillic = Buffer.from(
      [...text].map((sign) =>
        ('а' <= sign && sign <= 'я') || ('А' <= sign && sign <= 'Я') ? sign.charCodeAt(0) - 0x350 : sign.charCodeAt(0),
      ),
    );
    const mail = mailWith('text/calendar; charset=windows-1251', 'base64', cyrillic.toString('base64'));
    expect(calendarReply(await calendarPart(mail)).name).toBe('Лейла');
    const unheard = mailWith('text/calendar; charset=x-mars', 'base64', Buffer.from(OUTLOOK).toString('base64'));
    expect(calendarReply(await calendarPart(unheard)).name).toBe('Leyla Aliyeva');
  });

  it('is no answer where the mail has none', async () => {
    expect(await calendarPart('Subject: Out of office\r\n\r\nUntil Monday.')).toBe('');
    const forwarded = `Content-Type: message/rfc822\r\n\r\n${mailWith('text/calendar', '8bit', APPLE)}`;
    expect(await calendarPart(forwarded)).toBe('');
  });

  it('is refused in no time where somebody means to keep us busy', async () => {
    const parameters = APPLE.replace('ATTENDEE;', `ATTENDEE${';X=1'.repeat(250_000)};`);
    expect(codeOf(parameters)).toBe('too_long');
    const parts = Array.from(
      { length: 2_000 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
    );
    await expect(calendarPart(parts.join(''))).rejects.toMatchObject({ errors: [{ code: 'unreadable_mail' }] });
  });

  it('is read or refused, whatever has become of it on the way', () => {
    const damaged = fc.tuple(fc.constantFrom(GOOGLE, OUTLOOK, APPLE), damage()).map(([text, harm]) => harm(text));
    fc.assert(
      fc.property(damaged, (text) => {
        expect(codeOf(text)).toMatch(/^[a-z_]+$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read or refused in whatever mail', async () => {
    const mail = mailWith('text/calendar; charset=utf-8', 'base64', Buffer.from(APPLE).toString('base64'));
    const damaged = fc.oneof(
      damage().map((harm) => harm(mail)),
      fc.string({ unit: 'binary', maxLength: 2_000 }),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async (text) => {
        expect(codeOf(await calendarPart(text))).toMatch(/^[a-z_]+$/);
      }),
      { numRuns: 300 },
    );
  });
});

/** Cuts, doublings and strange signs, one to five at places of chance. */
function damage(): fc.Arbitrary<(text: string) => string> {
  const odd = fc.oneof(
    fc.constantFrom(
      '',
      '\u0000',
      '\r\n',
      '\n ',
      ';',
      ':',
      '"',
      ',',
      '\\',
      '=',
      'BEGIN:VEVENT\r\n',
      'END:VEVENT\r\n',
      '\uD800',
    ),
    fc.constantFrom(
      ';VALUE=DATE',
      ';VALUE=BINARY',
      ';VALUE=PERIOD',
      ';VALUE=RECUR',
      'RRULE:FREQ=X\r\n',
      '__proto__',
      'constructor',
    ),
    fc.string({ unit: 'binary', maxLength: 10 }),
  );
  const harm = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(40), odd });
  return fc.array(harm, { minLength: 1, maxLength: 5 }).map(
    (harms) => (text: string) =>
      harms.reduce((damaged, { at, cut, odd: sign }) => {
        const place = Math.floor(at * damaged.length);
        return damaged.slice(0, place) + sign + damaged.slice(place + cut);
      }, text),
  );
}
