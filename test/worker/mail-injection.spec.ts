import fc from 'fast-check';
import { listRequest } from '#database';
import { DeliveryModule, MessageDelivery, MessageSweep } from '#delivery';
import { MailLinks, TemplatesReader, TemplatesService } from '#messaging';
import { MessagingContext } from '../support/messaging-context.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Headers a mail of ours may have. */
const OURS = new Set([
  ...['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type', 'content-transfer-encoding'],
  ...['auto-submitted', 'list-unsubscribe', 'list-unsubscribe-post'],
]);
const ADDRESS = '1212 Potomac Street NW <Suite 1> & Co, Washington';
const EVIL = `<b id="x">&'"\`=</b><script>alert(1)</script>`;

let database: TestDatabase;
let sink: SmtpSink;
let hub: MessagingContext;
let templates: TemplatesService;

beforeAll(async () => {
  [database, sink] = await Promise.all([createTestDatabase(), new SmtpSink().start()]);
  hub = await MessagingContext.start(database.url, undefined, {
    smtpUrl: sink.url,
    mailFrom: 'U.S.-Azerbaijan Chamber, Inc. @ Baku <events@chamber.example>',
    postalAddress: ADDRESS,
    modules: [DeliveryModule.forRoot()],
  });
  templates = hub.app.get(TemplatesService);
}, 60_000);
afterAll(async () => {
  await hub?.stop();
  await sink?.stop();
  await database?.drop();
});
beforeEach(() => (sink.mails.length = 0));

/** Sends what is due, as a worker does. */
async function deliver(): Promise<void> {
  const delivery = hub.app.get(MessageDelivery);
  for (const { id, claim } of await hub.app.get(MessageSweep).run()) await delivery.deliver(id, claim);
}

const invite = async (fields: { templateKey?: string; locale?: string; name?: string } = {}) => {
  const { name = 'Leyla', locale, ...round } = fields;
  const day = { startsAt: new Date(Date.now() + 86_400_000), endsAt: new Date(Date.now() + 90_000_000) };
  const about = { type: 'conference' as const, id: await hub.record('conference', 'Forum', day) };
  const personId = await hub.record('person', name);
  const email = `${personId}@example.com`;
  await hub.invitations.invite({ about, people: [{ personId, email, name, locale }], ...round });
  const { id = '' } =
    (await hub.database.queryOne<{ id: string }>('SELECT id FROM invitations WHERE about_id = $1', [about.id])) ?? {};
  return { id, email };
};

/** The headers as they are on the wire, folded lines put together. */
const headersOf = (raw: string): [name: string, value: string][] =>
  raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]);

const piece = fc.oneof(
  fc.constantFrom(
    ...['\r\n', '\n', '\r', '\u2028', '\u2029', '\u0085', '\u202E', '\t', '\v', '\u001b[2J', '\r\n.\r\n', '\n\n'],
    ...['Bcc: all@example.com', 'Subject: other', 'Content-Type: text/html', '<evil@example.com>', '"', ',', ';', ':'],
    ...['=?utf-8?B?DQpCY2M6IGFsbEBleGFtcGxlLmNvbQ==?=', '=?utf-8?Q?=0D=0ABcc:_x?=', '🎉', 'Ələkbər', 'Мамедов'],
    ...['<script>alert(1)</script>', '{{secret}}', '{{{title}}}', '{{=<% %>=}}', '--boundary', 'x'.repeat(1_500)],
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
);
const nasty = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));

describe('whatever stands in names and titles', () => {
  it('nobody writes a header, a recipient or a part of a mail with it', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, async (name, title, text) => {
        sink.mails.length = 0;
        const recipient = { email: 'guest@example.com', name };
        const data = { title, note: text, place: text, lines: [text], participants: [name], topics: [text] };
        await hub.notices(1, { recipient, data });
        await deliver();
        const [mail, ...others] = sink.mails;
        expect([others.length, mail?.to]).toEqual([0, 'guest@example.com']);
        const headers = headersOf(mail?.raw ?? '');
        const names = headers.map(([header]) => header);
        expect(names.filter((header) => !OURS.has(header))).toEqual([]);
        expect(new Set(names).size).toBe(names.length);
        expect(Math.max(...(mail?.raw ?? '').split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThan(999);
        expect(mail?.raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(mail?.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202E]/u);
        expect([...(mail?.subject ?? '')].length).toBeLessThanOrEqual(300);
        expect(addressesOf(mail?.headers.get('to'))).toEqual(['guest@example.com']);
        expect(addressesOf(mail?.headers.get('from'))).toEqual(['events@chamber.example']);
        expect(mail?.html).not.toContain('<script');
        expect(mail?.text).toContain('1212 Potomac Street');
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  const addressesOf = (header: unknown): (string | undefined)[] =>
    (header as { value: { address?: string }[] }).value.map(({ address }) => address);

  it('it is read as it was written: encoded words, commas and quotes are what they look like', async () => {
    const name = 'Quliyev, "Aysel" =?utf-8?Q?x?= 🎉';
    await hub.notices(1, {
      recipient: { email: 'guest@example.com', name },
      data: { title: '=?utf-8?B?QmNj?= & <b>' },
    });
    await deliver();
    const mail = sink.mails[0];
    expect(mail?.subject.replaceAll('\u200B', '')).toBe('=?utf-8?B?QmNj?= & <b>');
    const to = mail?.headers.get('to') as { value: { name: string }[] };
    expect(to.value.map((one) => one.name.replaceAll('\u200B', ''))).toEqual([name]);
    const from = mail?.headers.get('from') as { value: unknown[] };
    expect(from.value).toEqual([{ name: 'U.S.-Azerbaijan Chamber, Inc. @ Baku', address: 'events@chamber.example' }]);
  });

  it.each([
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example, c@d.example',
    '<a@b.example>',
    'a b@c.example',
    'a@b\u2028.c',
  ])('nobody is written to at %j', async (email) => {
    await expect(hub.notices(1, { recipient: { email, name: 'x' } })).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('every template of the house', () => {
  it('shows what it is given as text, whatever that holds, and the postal address', async () => {
    const { data } = await hub.app.get(TemplatesReader).list(listRequest({ limit: 200 }));
    expect(data.length).toBeGreaterThan(20);
    const texts = ['title', 'place', 'about', 'note', 'assignee', 'position', 'wasPlace', 'datePrecision', 'timeZone'];
    const lists = ['participants', 'topics', 'lines', 'overdue', 'dueToday', 'upcoming'];
    const evil = Object.fromEntries([...texts.map((field) => [field, EVIL]), ...lists.map((field) => [field, [EVIL]])]);
    const planned = await hub.messages.plan(
      data.map(({ key, locale }) => ({
        kind: 'invitation' as const,
        dedupeKey: `${key} ${locale}`,
        recipient: { email: 'guest@example.com', name: EVIL, locale },
        templateKey: key,
        data: { ...(evil as Record<string, string>), startsAt: '2026-03-10T14:00:00Z' },
        sendAt: new Date(Date.now() + 3_600_000),
      })),
    );
    expect(planned).toHaveLength(data.length);
    for (const { id } of planned) {
      const { html, text, subject } = await hub.ledger.preview(id);
      const key = planned.findIndex((message) => message.id === id);
      expect([key, html.match(/<script|<b id=/g)]).toEqual([key, null]);
      expect(html).toContain('&lt;Suite 1&gt; &amp; Co');
      expect(text).toContain(ADDRESS);
      expect(`${subject}${text}`).toContain(EVIL);
    }
  }, 60_000);

  it('takes nothing from prototypes', async () => {
    const data = JSON.parse(
      '{"title":"T","__proto__":{"note":"owned"},"constructor":"owned","toString":"owned"}',
    ) as object;
    const { html } = await templates.preview({ key: 'notice', data: data as Record<string, string> });
    expect(html).not.toContain('owned');
    const borrowed = Object.create({ note: 'owned' }) as Record<string, string>;
    expect((await templates.preview({ key: 'notice', data: { ...borrowed, title: 'T' } })).html).not.toContain('owned');
  });

  it('links to nothing but web pages', async () => {
    const body = '<mj-text><a href="{{url}}">{{title}}</a></mj-text>';
    const { html } = await templates.preview({ key: 'notice', body, data: { title: 'T', url: 'javascript:alert(1)' } });
    expect(html).not.toContain('javascript');
  });
});

describe('a template of staff', () => {
  const whole = (content: string): string =>
    `<mjml><mj-body><mj-section><mj-column>${content}</mj-column></mj-section></mj-body></mjml>`;

  it.each([
    ['an unescaped value', '<mj-text>{{{title}}}</mj-text>', 'broken_template'],
    ['an unescaped value with &', '<mj-text>{{&title}}</mj-text>', 'broken_template'],
    ['a partial', '<mj-text>{{> title}}</mj-text>', 'broken_template'],
    ['a prototype', '<mj-text>{{__proto__}}</mj-text>', 'unknown_field'],
    ['a method', '<mj-text>{{title.toString}}</mj-text>', 'unknown_field'],
    ['a constructor', '<mj-text>{{#constructor}}x{{/constructor}}</mj-text>', 'unknown_field'],
    ['braces in disguise', '<mj-text>&#123;&#123;secret}}</mj-text>', 'unknown_field'],
    ['a section in disguise', '<mj-text>&#123;&#123;#title}}</mj-text>', 'broken_template'],
    ['a field in a colour', '<mj-text color="{{title}}">x</mj-text>', 'broken_mjml'],
    ['an included file', '<mj-include path="/etc/passwd" />', 'unsafe_markup'],
    ['an included style', '<mj-include path="../package.json" type="css" />', 'unsafe_markup'],
    ['an element that does not exist', '<mj-nothing>x</mj-nothing>', 'broken_mjml'],
    ['a list in itself', '<mj-text>{{#lines}}{{#lines}}x{{/lines}}{{/lines}}</mj-text>', 'broken_template'],
    ['too much text', `<mj-text>${'x'.repeat(100_001)}</mj-text>`, 'broken_template'],
    ['no postal address', whole('<mj-text>{{title}}</mj-text>'), 'missing_field'],
    ['a postal address in a comment', whole('<mj-text>x<!-- {{postalAddress}} --></mj-text>'), 'missing_field'],
    ['a postal address now and then', whole('<mj-text>{{#note}}{{postalAddress}}{{/note}}</mj-text>'), 'missing_field'],
  ])('with %s cannot be saved', async (_, body, code) => {
    const fault = {
      kind: 'invalid',
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/body', code })]),
    };
    await expect(templates.create({ key: 'notice', locale: 'de', subject: 'x', body })).rejects.toMatchObject(fault);
  });

  it('cannot hold a script, or what a field could turn into one, however that is spelled', async () => {
    const unsafe: [markup: string, says: string][] = [
      ['<script>alert(1)</script>', '<script> is not possible'],
      ['<iframe src="https://x.example"></iframe>', '<iframe> is not possible'],
      ['<form action="https://x.example"></form>', '<form> is not possible'],
      ['<img alt=">" src="https://x.example/a.png" onerror="alert(1)">', 'The attribute onerror'],
      ['<a href="java&#115;cript:alert(1)">x</a>', 'not with "javascript:alert(1)"'],
      ['<a href="{{title}}">x</a>', 'not with "{{title}}"'],
      ['<img src="file:///etc/passwd">', 'not with "file:///etc/passwd"'],
      ['<p style="color:{{title}}">x</p>', 'A field cannot stand in a style.'],
      ['<style>a{color:{{title}}}</style>', 'A field cannot stand in a style.'],
    ];
    const body = `<mj-raw>${unsafe.map(([markup]) => markup).join('')}</mj-raw>`;
    const refusal = await templates.create({ key: 'notice', locale: 'de', subject: 'x', body }).then(
      () => [],
      (error: { errors: { pointer: string; code: string; message: string }[] }) => error.errors,
    );
    for (const [, says] of unsafe)
      expect(refusal).toContainEqual({
        pointer: '/body',
        code: 'unsafe_markup',
        message: expect.stringContaining(says) as string,
      });
  });

  it('that is nested beyond measure is refused, or compiled, but does not bring anything down', async () => {
    for (const [open, close] of [
      ['<div>', '</div>'],
      ['<a href="', ''],
    ] as const) {
      const body = `<mj-text>${open.repeat(2_000)}x${close.repeat(2_000)}</mj-text>`;
      const outcome = await templates.preview({ key: 'notice', body }).then(
        () => 'compiled',
        (error: { kind?: string }) => error.kind,
      );
      expect(['compiled', 'invalid']).toContain(outcome);
    }
  }, 60_000);

  it('that is broken cannot be previewed either', async () => {
    await expect(templates.preview({ key: 'notice', body: '{{secret}}' })).rejects.toMatchObject({
      errors: [{ pointer: '/body', code: 'unknown_field' }],
    });
  });

  it('keeps the names of fields in headings', async () => {
    const { text } = await templates.preview({
      key: 'notice',
      body: '<mj-text><h1>{{title}}</h1></mj-text>',
      data: { title: 'Forum' },
    });
    expect(text).toContain('Forum');
  });

  it('puts values between quotes and cannot be left through them', async () => {
    const body =
      '<mj-text><a href="https://x.example/?q={{title}}" title=\'{{title}}\' class={{title}}>x</a></mj-text>';
    const title = `" onmouseover="alert(1)" ' x=\` >`;
    const { html } = await templates.preview({ key: 'notice', body, data: { title } });
    const link = /<a href="https:\/\/x\.example[^]*?>x<\/a>/.exec(html)?.[0] ?? '';
    expect(link).not.toMatch(/onmouseover=|alert\(1\)"/);
  });
});

describe('an invitation', () => {
  it.each([
    ['invitation', 'en', 'Unsubscribe'],
    ['gala', 'az', 'Abunəlikdən çıxın'],
  ])('of template %s carries the way out for one click, and for people', async (key, locale, label) => {
    if (key === 'gala')
      await templates.create({
        key,
        locale,
        subject: 'Gala: {{title}}',
        body: '<mj-button href="{{respondUrl}}">Gəlin</mj-button>',
      });
    await invite({ templateKey: key, locale });
    await deliver();
    const { raw = '', html = '', text = '' } = sink.mails[0] ?? {};
    const lines = raw.split('\r\n').filter((line) => line.startsWith('List-Unsubscribe'));
    expect(lines).toEqual([
      expect.stringMatching(/^List-Unsubscribe: <http:\/\/localhost:3000\/unsubscribe\/[\w.-]+>$/),
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    ]);
    const url = /<(.+)>/.exec(lines[0] ?? '')?.[1] ?? '';
    expect([html.includes(label), text.includes(url), text.includes(ADDRESS)]).toEqual([true, true, true]);
    await hub.suppressions.unsubscribeByToken(url.slice(url.lastIndexOf('/') + 1));
  });

  it('sent after its links were revoked holds a link that works', async () => {
    const { id } = await invite();
    await hub.invitations.revokeLinks(id);
    await deliver();
    const [, token = ''] = /\/rsvp\/([\w.-]+)/.exec(sink.mails[0]?.text ?? '') ?? [];
    expect(hub.app.get(MailLinks).answerLink(token)).toEqual({ invitationId: id, version: 2, expired: false });
    await hub.responses.respondByToken(token, { status: 'accepted' });
    await hub.invitations.revokeLinks(id);
    await expect(hub.responses.respondByToken(token, { status: 'declined' })).rejects.toMatchObject({
      code: 'link_gone',
    });
  });

  it('in the hands of the queue does not go out once its address is suppressed', async () => {
    const { email } = await invite();
    const claims = await hub.app.get(MessageSweep).run();
    expect(claims).toHaveLength(1);
    // As if it had been suppressed by somebody who did not see this message.
    await hub.database.query(
      `INSERT INTO suppressions (id, email, reason, source) VALUES (gen_random_uuid(), $1, 'x', 'unsubscribed')`,
      [email],
    );
    for (const { id, claim } of claims) {
      await hub.app.get(MessageDelivery).deliver(id, claim);
      expect(await hub.ledger.get(id)).toMatchObject({ status: 'suppressed', reason: 'suppressed' });
    }
    expect(sink.mails).toEqual([]);
  });
});
