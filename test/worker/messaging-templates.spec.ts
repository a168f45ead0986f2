import { MailLinks, TemplatesReader, TemplatesService } from '#messaging';
import { ReminderRulesService } from '#reminders';
import { listRequest } from '#database';
import { MessagingContext } from '../support/messaging-context.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describe('templates', () => {
  let database: TestDatabase;
  let hub: MessagingContext;
  let templates: TemplatesService;
  let reader: TemplatesReader;

  beforeAll(async () => {
    database = await createTestDatabase();
    hub = await MessagingContext.start(database.url);
    templates = hub.app.get(TemplatesService);
    reader = hub.app.get(TemplatesReader);
  }, 60_000);

  afterAll(async () => {
    await hub?.stop();
    await database?.drop();
  });

  it('of the house are there after the first start, in three languages, and a further start changes nothing', async () => {
    const before = await reader.list(listRequest({ limit: 200 }));
    expect(before.data.map(({ key, locale }) => `${key} ${locale}`)).toEqual(
      expect.arrayContaining(['invitation az', 'notice en', 'task_reminder ru']),
    );
    await templates.installBuiltIns();
    expect(await reader.list(listRequest({ limit: 200 }))).toEqual(before);
  });

  it('give way to those that staff write, survive the next start, and come back when those are deleted', async () => {
    const own = await templates.create({
      key: 'task_reminder',
      locale: 'en',
      subject: 'Do it: {{title}}',
      body: 'Now, {{recipientName}}!',
    });
    await templates.installBuiltIns();
    expect(await reader.get(own.id)).toMatchObject({ customised: true, subject: 'Do it: {{title}}' });
    await expect(
      templates.create({ key: 'task_reminder', locale: 'en', subject: 'x', body: 'y' }),
    ).rejects.toMatchObject({ code: 'template_exists' });
    const changed = await templates.update(own.id, { subject: 'Really: {{title}}' });
    expect(changed.subject).toBe('Really: {{title}}');
    await templates.archive(own.id);
    await expect(reader.get(own.id)).rejects.toMatchObject({ code: 'not_found' });
    const [back] = (
      await reader.list(listRequest({ filters: [{ field: 'key', operator: 'eq', values: ['task_reminder'] }] }))
    ).data;
    expect(back).toMatchObject({ customised: false });
  });

  it('that are broken cannot be saved, and every fault is named', async () => {
    await expect(
      templates.create({ key: 'notice', locale: 'de', subject: '{{oops}}', body: '{{__proto__}}' }),
    ).rejects.toMatchObject({
      kind: 'invalid',
      errors: [
        { pointer: '/subject', code: 'unknown_field' },
        { pointer: '/body', code: 'unknown_field' },
      ],
    });
    await expect(
      templates.create({ key: 'notice', locale: 'de', subject: 'x', body: '<mj-sektion>x</mj-sektion>' }),
    ).rejects.toMatchObject({
      errors: [{ pointer: '/body', code: 'broken_mjml' }],
    });
  });

  it('can be tried out before they are saved', async () => {
    const preview = await templates.preview({ key: 'invitation', locale: 'az' });
    expect(preview.subject).toMatch(/^Dəvət: /);
    expect(preview.text).toContain('/rsvp/preview');
    const tried = await templates.preview({
      key: 'notice',
      locale: 'en',
      body: 'Hello <b>{{title}}</b>',
      data: { title: 'A & B' },
    });
    expect(tried.html).toContain('Hello <b>A &amp; B</b>');
  });

  it('are chosen in the nearest language', async () => {
    expect((await reader.find('invitation', 'az-Latn-AZ')).locale).toBe('az');
    expect((await reader.find('invitation', 'tr')).locale).toBe('en');
  });

  it('carry the way out in invitations, for one click', async () => {
    const about = { type: 'conference' as const, id: await hub.record('conference', 'Forum') };
    const personId = await hub.record('person', 'Rauf');
    await hub.invitations.invite({ about, people: [{ personId, email: 'rauf@example.com', name: 'Rauf' }] });
    expect(hub.app.get(MailLinks).unsubscribe('x')).toMatch(/^http:\/\/localhost:3000\/unsubscribe\/[\w.-]+$/);
  });

  it('must exist before a rule can name them', async () => {
    const rules = hub.app.get(ReminderRulesService);
    await expect(
      rules.create({ subject: 'session', offset: 'soon', atLocalTime: '25:00', templateKey: 'none' }),
    ).rejects.toMatchObject({
      errors: [{ pointer: '/offset' }, { pointer: '/atLocalTime' }, { pointer: '/templateKey' }],
    });
    const rule = await rules.create({
      subject: 'session',
      offset: '-P1D',
      atLocalTime: '09:00',
      templateKey: 'notice',
    });
    expect(await rules.update(rule.id, { enabled: false })).toMatchObject({ enabled: false });
  });
});
