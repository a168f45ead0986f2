import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { calendarOf } from '#messaging';
import { RecordsReader } from '#records';
import { MessagingContext } from '../support/messaging-context.js';
import { type ArrivedMail, SmtpSink } from '../support/smtp-sink.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { WorkerProcess } from '../support/worker-process.js';

const DAY = 86_400_000;
const ORGANIZER = 'mailto:chamberlain@localhost.localdomain';

/** One part of a mail, as it came over the wire. */
interface Part {
  type: string;
  parameters: Record<string, string>;
  content: string;
}

/** Reads the calendar parts of a mail with one library, and what is in them with another. */
async function calendarOfMail(mail: ArrivedMail | undefined) {
  const parsed = await simpleParser(mail?.raw ?? '');
  const files = parsed.attachments.filter(({ filename }) => filename === 'invite.ics');
  const parts = partsOf(mail?.raw ?? '').filter(({ type }) => type === 'text/calendar');
  return { parsed, files, parts };
}

/** Leaves of the MIME tree; mailparser does not tell an alternative from an attachment. */
function partsOf(raw: string): Part[] {
  const [head = '', ...rest] = raw.split(/\r?\n\r?\n/);
  const body = rest.join('\r\n\r\n');
  const header = (name: string) =>
    new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
  const [type = '', ...named] = header('content-type')
    .split(';')
    .map((each) => each.trim());
  const parameters = Object.fromEntries(named.map((each) => each.split('=').map((side) => side.replaceAll('"', ''))));
  if (parameters.boundary)
    return `\r\n${body}`
      .split(`\r\n--${parameters.boundary}`)
      .slice(1, -1)
      .flatMap((part) => partsOf(part.trimStart()));
  const encoding = header('content-transfer-encoding').toLowerCase();
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? unquoted(body)
        : Buffer.from(body);
  return [{ type, parameters, content: bytes.toString('utf8') }];
}

const unquoted = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );

/** The one event of a calendar file, with the zones it brings along and no others. */
function eventOf(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const zones = calendar.getAllSubcomponents('vtimezone');
  const [event, ...others] = calendar.getAllSubcomponents('vevent');
  if (!event || others.length > 0) throw new Error('There is not one event.');
  const instant = (name: string): Date => {
    const property = event.getFirstProperty(name);
    const time = property?.getFirstValue() as InstanceType<typeof ICAL.Time>;
    const zone = zones.find((each) => each.getFirstPropertyValue('tzid') === property?.getParameter('tzid'));
    if (zone) time.zone = new ICAL.Timezone(zone);
    return time.toJSDate();
  };
  const value = (name: string): string => String(event.getFirstPropertyValue(name));
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    zones: zones.map((zone) => String(zone.getFirstPropertyValue('tzid'))),
    startsAt: instant('dtstart'),
    endsAt: instant('dtend'),
    value,
    attendees: event.getAllProperties('attendee').map((attendee) => ({
      to: String(attendee.getFirstValue()),
      ...Object.fromEntries(
        ['cn', 'partstat', 'rsvp', 'role', 'cutype'].map((key) => [key, attendee.getParameter(key)]),
      ),
    })),
    properties: event.getAllProperties().map(({ name }) => name),
  };
}

describe('mails with an entry for the calendar', () => {
  let database: TestDatabase;
  let sink: SmtpSink;
  let hub: MessagingContext;
  let worker: WorkerProcess;
  let people = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    sink = await new SmtpSink().start();
    hub = await MessagingContext.start(database.url);
    worker = await WorkerProcess.start({
      databaseUrl: database.url,
      smtpUrl: sink.url,
      delivery: { sweepInterval: 100 },
    });
  }, 60_000);

  afterAll(async () => {
    await worker?.kill();
    await hub?.stop();
    await sink?.stop();
    await database?.drop();
  }, 60_000);

  beforeEach(() => {
    sink.mails.length = 0;
  });

  const startsAt = new Date(Math.ceil(Date.now() / DAY) * DAY + 30 * DAY + 14 * 3_600_000);
  const event = {
    startsAt,
    endsAt: new Date(startsAt.getTime() + 5_400_000),
    timeZone: 'America/New_York',
    place: 'Ballroom; 2nd floor, Washington',
  };

  /** Invites one person, answers the mail as it arrived. */
  async function invited(fields: object = {}, title = 'Forum', guest: { name?: string; locale?: string } = {}) {
    const id = await hub.record('conference', title, { ...event, ...fields });
    const name = guest.name ?? `Guest ${(people += 1)}`;
    const personId = await hub.record('person', 'Guest');
    const person = { personId, email: `${personId}@example.com`, ...guest, name };
    await hub.invitations.invite({ about: { type: 'conference', id }, people: [person] });
    await hub.settled();
    return { id, personId, ...(await read(sink.mails.at(-1))) };
  }

  async function read(mail: ArrivedMail | undefined) {
    const found = await calendarOfMail(mail);
    return { mail, ...found, event: eventOf(found.parts[0]?.content ?? '') };
  }

  /** Changes a record as its feature does; what waits for a while goes out now. */
  async function changed(id: string, set: string, ...values: unknown[]) {
    await hub.database.transaction(async () => {
      await hub.database.query(`UPDATE records SET ${set} WHERE id = $1`, [id, ...values]);
      await hub.invitations.follow(id);
    });
    await hub.database.query(`UPDATE messages SET due_at = now() WHERE status = 'planned' AND about_id = $1`, [id]);
    await hub.settled();
    return read(sink.mails.at(-1));
  }

  it('carry it as a part that calendars read, and as a file, once each and the same', async () => {
    const { parts, files, parsed } = await invited();
    expect(parts).toHaveLength(1);
    expect(parts[0]?.parameters).toMatchObject({ method: 'REQUEST', charset: 'utf-8' });
    expect(files).toHaveLength(1);
    expect(files[0]?.contentType).toBe('application/ics');
    expect(files[0]?.content.toString('utf8')).toBe(parts[0]?.content);
    expect(parsed.text).toContain('/rsvp/');
    expect(parsed.html).toContain('rsvp');
  });

  it('ask the one they go to, say who asks, and where to answer', async () => {
    const { id, personId, event: read, parsed } = await invited();
    expect(read).toMatchObject({ method: 'REQUEST', startsAt: event.startsAt, endsAt: event.endsAt });
    expect(read.attendees).toEqual([
      {
        to: `mailto:${personId}@example.com`,
        cn: `Guest ${people}`,
        partstat: 'NEEDS-ACTION',
        rsvp: 'TRUE',
        role: 'REQ-PARTICIPANT',
        cutype: 'INDIVIDUAL',
      },
    ]);
    expect(read.value('organizer')).toBe(ORGANIZER);
    expect(read.value('uid')).toBe(`${id}@chamberlain`);
    expect(read.value('sequence')).toBe('0');
    expect(read.value('status')).toBe('CONFIRMED');
    expect(read.value('summary')).toBe('Forum');
    expect(read.value('location')).toBe(event.place);
    const link = /\/rsvp\/[\w.-]+/.exec(parsed.text ?? '')?.[0] ?? 'none';
    expect(read.value('description')).toContain(link);
    expect(new Set(read.properties).size).toBe(read.properties.length);
  });

  it('are as RFC 5545 writes lines: CRLF, 75 octets at most, whatever the letters', async () => {
    const title = 'Azərbaycan–ABŞ işgüzar forumu: энергетика, логистика 🤝 '.repeat(6).trim();
    const { parts, event: read } = await invited({}, title, { name: 'Günel Əliyeva-Şıxəliyeva', locale: 'az' });
    const text = parts[0]?.content ?? '';
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(read.value('summary')).toBe(title);
    expect(read.value('description')).toMatch(/^Cavab: http/);
    expect(read.attendees[0]).toMatchObject({ cn: 'Günel Əliyeva-Şıxəliyeva' });
  });

  it('let nobody write lines of their own', async () => {
    const evil = 'X\r\nATTENDEE:mailto:evil@example.com\r\nBEGIN:VEVENT\u2028"; X=1:';
    const { mail, event: read, parts } = await invited({ place: evil }, evil, { name: evil });
    expect(read.attendees).toHaveLength(1);
    expect(read.attendees[0]?.to).not.toContain('evil');
    expect(parts[0]?.content.match(/^BEGIN:VEVENT/gm)).toHaveLength(1);
    expect(mail?.raw.split(/\r?\n\r?\n/)[0]).not.toMatch(/^(ATTENDEE|BEGIN)/m);
  });

  it.each([
    ['over a change of clocks', '2031-03-08T20:00:00Z', '2031-03-09T16:00:00Z', 'America/New_York'],
    ['across midnight', '2031-05-01T22:30:00Z', '2031-05-02T01:30:00Z', 'Asia/Baku'],
    ['in the hour that clocks show twice', '2031-11-02T05:30:00Z', '2031-11-02T06:30:00Z', 'America/New_York'],
  ])('say when it is, with the clocks of its place: %s', async (_what, from, to, timeZone) => {
    const span = { startsAt: new Date(from), endsAt: new Date(to), timeZone };
    const { event: read } = await invited(span);
    expect(read).toMatchObject({ startsAt: span.startsAt, endsAt: span.endsAt, zones: [timeZone] });
  });

  it('have none where the date is not known to the minute, nor an end', async () => {
    for (const set of [`date_precision = 'month'`, 'ends_at = NULL']) {
      const id = await hub.record('conference', 'Some time', event);
      await hub.database.query(`UPDATE records SET ${set} WHERE id = $1`, [id]);
      const personId = await hub.record('person', 'Guest');
      const people = [{ personId, name: 'Guest', email: `${personId}@example.com` }];
      await hub.invitations.invite({ about: { type: 'conference', id }, people });
      await hub.settled();
      const { parts, files } = await calendarOfMail(sink.mails.at(-1));
      expect([parts, files]).toEqual([[], []]);
      const about = await hub.app.get(RecordsReader).find(id);
      expect(about && calendarOf(about, 'REQUEST')).toBeUndefined();
    }
    expect(sink.mails[0]?.text).toMatch(/When: \w+ \d{4}\n/);
  });

  it('move the entry when the event moves, and take it out when it is called off', async () => {
    const { id, personId } = await invited();
    const to = new Date(event.startsAt.getTime() + 7 * DAY);
    const moved = await changed(id, 'starts_at = $2, ends_at = $3', to, new Date(to.getTime() + 3_600_000));
    expect(moved.mail).toMatchObject({ to: `${personId}@example.com`, subject: 'Changed: Forum' });
    expect(moved.event).toMatchObject({ method: 'REQUEST', startsAt: to });
    expect(moved.event.value('sequence')).toBe('1');
    expect(moved.event.value('uid')).toBe(`${id}@chamberlain`);
    expect(moved.mail?.text).toMatch(/Before: \w+day, /);
    expect(moved.parsed.text).toContain('/rsvp/');
    const off = await changed(id, 'called_off = true');
    expect(off.parts[0]?.parameters).toMatchObject({ method: 'CANCEL' });
    expect(off.event).toMatchObject({ method: 'CANCEL', startsAt: to });
    expect(off.event.value('status')).toBe('CANCELLED');
    expect(off.event.value('sequence')).toBe('2');
    expect(off.event.value('uid')).toBe(`${id}@chamberlain`);
    expect(off.event.attendees).toMatchObject([{ to: `mailto:${personId}@example.com`, rsvp: 'FALSE' }]);
    expect(off.mail?.subject).toBe('Called off: Forum');
    expect(sink.mails).toHaveLength(3);
  });

  it('take the entry out when the invitation is withdrawn', async () => {
    const { personId } = await invited();
    const [row] = await hub.database.query<{ id: string }>('SELECT id FROM invitations WHERE person_id = $1', [
      personId,
    ]);
    await hub.invitations.cancel(row?.id ?? '');
    await hub.settled();
    const { mail, event: read } = await readLast();
    expect(mail).toMatchObject({ to: `${personId}@example.com`, subject: 'Invitation withdrawn: Forum' });
    expect(read.method).toBe('CANCEL');
  });

  it('leave everybody with the last time, however often it changes while they go out', async () => {
    const id = await hub.record('conference', 'Forum', event);
    const people = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const personId = await hub.record('person', `Guest ${n}`);
        return { personId, name: `Guest ${n}`, email: `crowd${n}@example.com` };
      }),
    );
    sink.onMessage = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20 * Math.random()));
      return undefined;
    };
    await hub.invitations.invite({ about: { type: 'conference', id }, people });
    const at = (n: number) => new Date(event.startsAt.getTime() + n * DAY);
    for (let n = 1; n <= 8; n += 1) {
      await hub.database.transaction(async () => {
        await hub.database.query('UPDATE records SET starts_at = $2, ends_at = $3 WHERE id = $1', [
          id,
          at(n),
          at(n + 1),
        ]);
        await hub.invitations.follow(id);
      });
      await hub.database.query(`UPDATE messages SET due_at = now() WHERE status = 'planned'`);
      const before = sink.mails.length;
      await hub.until(({ stillDue }) => stillDue === 0 || sink.mails.length > before + 5);
    }
    await hub.database.query(`UPDATE messages SET due_at = now() WHERE status = 'planned'`);
    await hub.settled();
    sink.onMessage = async () => undefined;
    const heard = new Map<string, number[]>();
    for (const mail of sink.mails) {
      const { event: entry } = await read(mail);
      const sequence = Number(entry.value('sequence'));
      expect(entry.startsAt).toEqual(at(sequence));
      heard.set(mail.to, [...(heard.get(mail.to) ?? []), sequence]);
    }
    // Two mails under way at once may overtake each other; calendars keep the highest number.
    expect([...heard.values()].map((sequences) => Math.max(...sequences))).toEqual(people.map(() => 8));
    expect([...heard.values()].filter((sequences) => new Set(sequences).size < sequences.length)).toEqual([]);
    expect(sink.repeated).toEqual([]);
  });

  const readLast = () => read(sink.mails.at(-1));
});
