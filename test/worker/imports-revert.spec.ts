import { randomUUID } from 'node:crypto';
import { listRequest } from '#database';
import { OrganizationsService, PeopleService } from '#members';
import { contentOf } from '../support/directory-content.js';
import { countsOf, ImportsContext, reversalOf } from '../support/imports-context.js';

const HEADER = 'organization,website,country,tags,contactName,title,email,tier,startsOn,endsOn';
const BRIDGE = 'Bridge,bridge.example.com,AZ,one,Elnur Aliyev,Director,elnur@example.com,gold,2026-01-01,2026-12-31';
const HARBOUR = 'Harbour,,TR,,Leyla Mammadova,Chair,leyla@example.com,silver,2026-02-01,2026-12-31';
const file = (...rows: string[]): string => [HEADER, ...rows].join('\n');
const many = (rows: number): string =>
  file(
    ...Array.from(
      { length: rows },
      (_, i) => `Company ${i},,AZ,,Person N${i},,p${i}@example.com,gold,2026-01-01,2026-12-31`,
    ),
  );

jest.setTimeout(120_000);

describe('an import that is taken back', () => {
  let context: ImportsContext;

  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());
  beforeEach(async () => {
    await context.database.query(
      'TRUNCATE records, organizations, people, import_verdicts, import_rows, imports CASCADE',
    );
  });

  const sql = <Row = Record<string, unknown>>(text: string, ...values: unknown[]) =>
    context.database.query<Row>(text, values);
  const rowOf = async (id: string, number = 1) => (await context.rows(id))[number - 1];
  const directory = () => contentOf(context.database);
  const idOf = async (table: string): Promise<string> =>
    (await sql<{ id: string }>(`SELECT id FROM ${table}`))[0]?.id ?? '';

  it('leaves nothing of what it created, in the directory and among the records', async () => {
    const done = await context.import(file(BRIDGE, HARBOUR, 'Bridge,,,,Nigar Huseynova,Deputy,nigar@example.com,,,'));
    expect(await context.count('records')).toBeGreaterThan(5);
    const reverted = await context.revert(done.id);
    expect(reverted).toMatchObject({ status: 'reverted', doneCount: 3, rowCount: 3, failure: null });
    expect(reversalOf(reverted)).toEqual([3, 0, 0, 0]);
    expect(countsOf(reverted)).toEqual(countsOf(done));
    for (const table of ['organizations', 'people', 'positions', 'memberships'])
      expect(await context.count(table)).toBe(0);
    const left = `records WHERE type IN ('organization', 'person', 'membership')`;
    expect(await context.count(left)).toBe(0);
  });

  it.each(['upsert', 'update', 'fill'] as const)('gives back in mode %s what was there before', async (mode) => {
    await context.import(file('Bridge,,,,Elnur Aliyev,,,gold,2026-01-01,2026-06-30', HARBOUR));
    const before = await directory();
    const rows = [BRIDGE.replace('2026-12-31', mode === 'fill' ? '2026-06-30' : '2026-12-31'), HARBOUR];
    const done = await context.import(file(...rows, 'Bridge,,,two,Elnur Aliyev,,,,,'), { mode });
    expect(done.updated).toBeGreaterThan(0);
    expect(await directory()).not.toEqual(before);
    const reverted = await context.revert(done.id);
    expect([reverted.removed, reverted.kept, reverted.partlyKept]).toEqual([0, 0, 0]);
    expect(reverted.restored).toBe(done.updated);
    expect(await directory()).toEqual(before);
  });

  it('takes back in mode create what it added to what was there', async () => {
    await context.import(file('Bridge,,,,,,,,,'));
    const before = await directory();
    const done = await context.import(file(BRIDGE), { mode: 'create' });
    expect(reversalOf(await context.revert(done.id))).toEqual([1, 0, 0, 0]);
    expect(await directory()).toEqual(before);
  });

  it('gives a renamed organization its name back, and is found under it again', async () => {
    await context.import(file('Bridge,bridge.example.com,AZ,,,,,gold,2026-01-01,2026-12-31'));
    const before = await directory();
    const renamed = await context.import(file('Körpü,bridge.example.com,AZ,,,,,gold,2026-01-01,2026-12-31'));
    expect(countsOf(renamed)).toEqual([0, 1, 0, 0, 0]);
    await context.revert(renamed.id);
    expect(await directory()).toEqual(before);
    expect(await sql('SELECT search_key, alias_key FROM organizations')).toEqual([
      { search_key: expect.stringMatching(/^bridg/), alias_key: '' },
    ]);
  });

  it('takes back an organization it put above another one, in either order of rows', async () => {
    const header = 'organization,parent,contactName,title,titlePreferred';
    await context.import(['organization', 'Bridge', 'Quay'].join('\n'));
    const before = await directory();
    const rows = ['Bridge,Holding,,,', 'Holding,,Elnur Aliyev,Chair,', 'Quay,Holding,,,', 'Jetty,Quay,,,'];
    const done = await context.import([header, ...rows].join('\n'));
    expect(countsOf(done)).toEqual([3, 1, 0, 0, 0]);
    const reverted = await context.revert(done.id);
    expect([reverted.removed + reverted.restored, reverted.kept, reverted.partlyKept]).toEqual([4, 0, 0]);
    expect(await directory()).toEqual(before);
  });

  it('lets the title that was preferred before step up again', async () => {
    const header = 'organization,contactName,title,titleSource,titlePreferred';
    const elnur = (title: string, preferred: string): string => `Bridge,Elnur Aliyev,${title},Press,${preferred}`;
    await context.import([header, elnur('Chair', 'yes'), elnur('Director', 'no')].join('\n'));
    const before = await directory();
    const done = await context.import([header, elnur('Director', 'yes'), elnur('Chair', 'no')].join('\n'));
    expect(await sql('SELECT title FROM positions WHERE preferred')).toEqual([{ title: 'Director' }]);
    expect((await context.revert(done.id)).kept).toBe(0);
    expect(await directory()).toEqual(before);
  });

  it('keeps values that people have changed since, gives the others back and says which are which', async () => {
    await context.import(file('Bridge,,AZ,,Elnur Aliyev,Director,old@example.com,,,'));
    const done = await context.import(file(BRIDGE.replace('Director', 'Chair')));
    const organization = await idOf('organizations');
    await context
      .get(OrganizationsService)
      .update(organization, { website: 'https://other.example.org', notes: 'Called' });
    const reverted = await context.revert(done.id);
    expect(reversalOf(reverted)).toEqual([0, 0, 0, 1]);
    expect(await sql('SELECT website, domain, tags, notes FROM organizations')).toEqual([
      { website: 'https://other.example.org', domain: 'other.example.org', tags: [], notes: 'Called' },
    ]);
    expect(await sql('SELECT title FROM positions')).toEqual([{ title: 'Director' }]);
    expect(await sql('SELECT email FROM people')).toEqual([{ email: 'old@example.com' }]);
    expect(await context.count('memberships')).toBe(0);
    expect(await rowOf(done.id)).toMatchObject({
      verdict: 'create',
      reversal: 'partly_kept',
      kept: [{ column: 'website', code: 'changed_since' }],
    });
  });

  it('folds names again where a person keeps one and another comes back', async () => {
    const { id } = await context.get(PeopleService).create({ fullName: 'Elnur Aliyev', email: 'elnur@example.com' });
    await context.import(file('Bridge,,,,Elnur Aliyev,,elnur@example.com,,,'));
    const done = await context.import(file('Bridge,,,,Əliyev Elnur,,elnur@example.com,,,'));
    await context.get(PeopleService).update(id, { nativeName: 'Эльнур Алиев', aliases: ['Elik'] });
    await context.revert(done.id);
    const [person] = await sql('SELECT full_name, search_key, alias_key FROM people');
    expect(person).toMatchObject({ full_name: 'Elnur Aliyev', alias_key: expect.stringContaining('|') });
  });

  it('keeps a record that people have changed since it was created, with all that stands on it', async () => {
    const done = await context.import(file(BRIDGE, HARBOUR));
    await sql(`UPDATE positions SET title = 'President', version = version + 1 WHERE title = 'Director'`);
    const reverted = await context.revert(done.id);
    expect(reversalOf(reverted)).toEqual([1, 0, 0, 1]);
    expect(await sql('SELECT name FROM organizations')).toEqual([{ name: 'Bridge' }]);
    expect(await sql('SELECT full_name FROM people')).toEqual([{ full_name: 'Elnur Aliyev' }]);
    expect(await context.count('memberships')).toBe(0);
    expect((await rowOf(done.id))?.kept).toEqual([
      {
        column: 'title',
        code: 'changed_since',
        message: "The position's title was changed since the import; the position stays.",
      },
      expect.objectContaining({ code: 'depended_on', dependents: [expect.objectContaining({ title: 'Bridge' })] }),
      expect.objectContaining({
        code: 'depended_on',
        dependents: [expect.objectContaining({ title: 'Elnur Aliyev' })],
      }),
    ]);
  });

  it('counts another import that changed the same value as people', async () => {
    const first = await context.import(file(BRIDGE));
    const second = await context.import(file(BRIDGE.replace('one', 'two')));
    const kept = await context.revert(first.id);
    expect(reversalOf(kept)).toEqual([0, 0, 0, 1]);
    expect((await rowOf(first.id))?.kept).toMatchObject([{ column: 'tags', code: 'changed_since' }]);
    expect(reversalOf(await context.revert(second.id))).toEqual([0, 1, 0, 0]);
    expect(await sql('SELECT name, tags FROM organizations')).toEqual([{ name: 'Bridge', tags: ['one'] }]);
  });

  it('is as if it had never been when a later import is taken back before it', async () => {
    const first = await context.import(file(BRIDGE));
    const second = await context.import(file(BRIDGE.replace('one', 'two'), HARBOUR));
    await context.revert(second.id);
    expect(reversalOf(await context.revert(first.id))).toEqual([1, 0, 0, 0]);
    expect(await context.count('organizations')).toBe(0);
  });

  it('leaves another import of other people alone', async () => {
    const first = await context.import(file(BRIDGE));
    const before = await directory();
    const second = await context.import(file(HARBOUR));
    await context.revert(second.id);
    expect(await directory()).toEqual(before);
    expect(reversalOf(await context.reader.get(first.id))).toEqual([0, 0, 0, 0]);
  });

  describe('while something else needs what it created', () => {
    const meeting = async (title: string, visibility = 'internal'): Promise<string> => {
      const id = randomUUID();
      await sql(
        `INSERT INTO side_meetings (id, title, kind, status, date_precision, time_zone, visibility, search_key)
         VALUES ($1, $2, 'bilateral', 'requested', 'unknown', 'Asia/Baku', $3, '')`,
        id,
        title,
        visibility,
      );
      return id;
    };
    const participates = async (meetingId: string): Promise<void> => {
      await sql(
        `INSERT INTO side_meeting_participants (id, meeting_id, person_id, side) SELECT $1, $2, id, 'host' FROM people`,
        randomUUID(),
        meetingId,
      );
    };

    it('keeps the participant of a side meeting, and names it', async () => {
      const { id } = await context.import(file(BRIDGE));
      const meetingId = await meeting('Gas talks');
      await participates(meetingId);
      const reverted = await context.revert(id);
      expect(reversalOf(reverted)).toEqual([0, 0, 0, 1]);
      expect([await context.count('people'), await context.count('organizations')]).toEqual([1, 0]);
      expect((await rowOf(id))?.kept).toEqual([
        {
          column: null,
          code: 'depended_on',
          message: 'The person stays: a side meeting participant (side meeting "Gas talks") needs it.',
          dependents: [{ type: 'side_meeting', id: meetingId, title: 'Gas talks' }],
        },
      ]);
    });

    it('does not name what is confidential', async () => {
      const { id } = await context.import(file(BRIDGE));
      await participates(await meeting('Secret talks', 'restricted'));
      await context.revert(id);
      expect((await rowOf(id))?.kept).toEqual([
        { column: null, code: 'depended_on', message: 'The person stays: something confidential needs it.' },
      ]);
    });

    it('keeps what a task is about and whom a commitment names', async () => {
      const { id } = await context.import(file(BRIDGE, HARBOUR));
      await sql(
        `INSERT INTO tasks (id, title, priority, status, about_id, remind_before, search_key)
         SELECT $1, 'Call them', 'normal', 'open', id, '{}', '' FROM organizations WHERE name = 'Bridge'`,
        randomUUID(),
      );
      await sql(
        `INSERT INTO commitments (id, action, owed_by_person_id, owed_to_organization_id, status, search_key)
         SELECT $1, 'Send figures', p.id, o.id, 'open', '' FROM people p, organizations o WHERE email = 'leyla@example.com' AND name = 'Bridge'`,
        randomUUID(),
      );
      const reverted = await context.revert(id);
      expect(reversalOf(reverted)).toEqual([0, 0, 0, 2]);
      expect(await sql('SELECT name FROM organizations')).toEqual([{ name: 'Bridge' }]);
      expect(await sql('SELECT email FROM people')).toEqual([{ email: 'leyla@example.com' }]);
      expect((await rowOf(id))?.kept?.[0]?.dependents?.map(({ type, title }) => [type, title]).sort()).toEqual([
        ['commitment', 'Send figures'],
        ['task', 'Call them'],
      ]);
      expect((await rowOf(id, 2))?.kept?.[0]?.message).toBe(
        'The person stays: the commitment "Send figures" needs it.',
      );
    });

    it('keeps an organization whose membership another import added', async () => {
      const first = await context.import(file('Bridge,,AZ,,,,,,,', HARBOUR));
      await context.import(file('Bridge,,AZ,,,,,gold,2026-01-01,2026-12-31'));
      const reverted = await context.revert(first.id);
      expect(reversalOf(reverted)).toEqual([1, 0, 1, 0]);
      expect((await rowOf(first.id))?.kept).toMatchObject([
        { code: 'depended_on', dependents: [{ type: 'membership', title: expect.stringContaining('Bridge') }] },
      ]);
      const filters = [{ field: 'reversal', operator: 'eq' as const, values: ['kept'] }];
      const { data } = await context.reader.rows(first.id, listRequest({ filters }));
      expect(data.map(({ rowNumber }) => rowNumber)).toEqual([1]);
    });

    it('keeps organizations one above the other when somebody has put them so, from the lowest up', async () => {
      const { id } = await context.import(file('Top,,,,,,,,,', 'Middle,,,,,,,,,', 'Bottom,,,,,,,,,', 'Aside,,,,,,,,,'));
      await sql(
        `UPDATE organizations SET parent_id = (SELECT id FROM organizations WHERE name = 'Top') WHERE name = 'Middle'`,
      );
      await sql(
        `UPDATE organizations SET parent_id = (SELECT id FROM organizations WHERE name = 'Middle') WHERE name = 'Bottom'`,
      );
      expect(reversalOf(await context.revert(id))).toEqual([1, 0, 3, 0]);
      expect(await context.count('organizations')).toBe(3);
    });
  });

  describe('while mail is about', () => {
    const message = (status: string, columns: { about?: string; person?: string; email?: string }) =>
      sql(
        `INSERT INTO messages (id, kind, status, reason, dedupe_key, about_id, person_id, email, recipient_name, locale, time_zone,
           template_key, data, subject, send_at, due_at, sent_at)
         VALUES ($1::uuid, 'reminder', $2::text, CASE WHEN $2::text = 'cancelled' THEN 'past' END, $1::text, $3, $4, $5, 'Elnur', 'en', 'UTC', 'notice', '{}', 'Soon', now(), now(),
           CASE WHEN $2::text = 'sent' THEN now() END)`,
        randomUUID(),
        status,
        columns.about ?? null,
        columns.person ?? null,
        columns.email ?? 'elnur@example.com',
      );

    it('cancels what only waits, and lets go of what never went out', async () => {
      const { id } = await context.import(file(BRIDGE));
      await message('planned', { about: await idOf('memberships'), person: await idOf('people') });
      await message('cancelled', { person: await idOf('people') });
      expect(reversalOf(await context.revert(id))).toEqual([1, 0, 0, 0]);
      expect(await sql('SELECT status, reason, about_id, person_id FROM messages ORDER BY reason')).toEqual([
        { status: 'cancelled', reason: 'past', about_id: null, person_id: null },
        { status: 'cancelled', reason: 'subject_removed', about_id: null, person_id: null },
      ]);
    });

    it('keeps whom mail has gone to', async () => {
      const { id } = await context.import(file(BRIDGE));
      await message('sent', { person: await idOf('people') });
      await message('planned', { person: await idOf('people') });
      expect(reversalOf(await context.revert(id))).toEqual([0, 0, 0, 1]);
      expect(await sql('SELECT full_name FROM people')).toEqual([{ full_name: 'Elnur Aliyev' }]);
      expect((await rowOf(id))?.kept?.[0]?.message).toBe('The person stays: mail that has gone out needs it.');
      expect(await sql('SELECT status FROM messages ORDER BY status')).toEqual([
        { status: 'planned' },
        { status: 'sent' },
      ]);
    });

    it('sends it to the address an import gives a person, and back to the former one', async () => {
      await context.import(file('Bridge,,,,Elnur Aliyev,,old@example.com,,,'));
      await message('planned', { person: await idOf('people'), email: 'old@example.com' });
      const { id } = await context.import(file('Bridge,,,,Elnur Aliyev,,new@example.com,,,'));
      expect(await sql('SELECT email, status FROM messages')).toEqual([
        { email: 'new@example.com', status: 'planned' },
      ]);
      await context.revert(id);
      expect(await sql('SELECT email, status FROM messages')).toEqual([
        { email: 'old@example.com', status: 'planned' },
      ]);
    });

    it('cancels it when the person has no address any more', async () => {
      await context.import(file('Bridge,,,,Elnur Aliyev,,,,,'));
      const { id } = await context.import(file(BRIDGE));
      await message('planned', { person: await idOf('people') });
      await context.revert(id);
      expect(await sql('SELECT status, reason FROM messages')).toEqual([{ status: 'cancelled', reason: 'no_address' }]);
    });
  });

  it('keeps a membership whose former end no longer fits what was entered since', async () => {
    await context.import(file('Bridge,,AZ,,,,,gold,2026-01-01,2026-12-31'));
    const done = await context.import(file('Bridge,,AZ,one,,,,gold,2026-01-01,2026-06-30'));
    await sql(
      `INSERT INTO memberships (id, version, organization_id, tier_id, joined_on, starts_on, ends_on, search_key)
       SELECT $1, 1, organization_id, tier_id, '2026-07-01', '2026-07-01', '2026-12-31', '' FROM memberships`,
      randomUUID(),
    );
    expect(reversalOf(await context.revert(done.id))).toEqual([0, 0, 0, 1]);
    expect((await rowOf(done.id))?.kept).toMatchObject([{ code: 'conflicts_with_later' }]);
    expect(await sql('SELECT tags FROM organizations')).toEqual([{ tags: [] }]);
  });

  it('tells of a row that only completed another one how that one fared', async () => {
    const rows = ['Bridge,,,,,,,,,', 'Bridge,bridge.example.com,AZ,,,,,,,', 'Harbour,,,,,,,,,', 'Harbour,,TR,,,,,,,'];
    const { id } = await context.import(file(...rows));
    await sql(`UPDATE organizations SET notes = 'Called' WHERE name = 'Harbour'`);
    expect(reversalOf(await context.revert(id))).toEqual([2, 0, 2, 0]);
    expect((await context.rows(id)).map(({ reversal, kept }) => [reversal, kept?.[0]?.code])).toEqual([
      ['removed', undefined],
      ['removed', undefined],
      ['kept', 'changed_since'],
      ['kept', 'see_row'],
    ]);
  });

  it('has nothing to say of rows that wrote nothing', async () => {
    const { id } = await context.import(file(BRIDGE, BRIDGE, 'Nowhere,,Atlantis,,,,,,,'));
    await context.revert(id);
    expect((await context.rows(id)).map(({ verdict, reversal }) => [verdict, reversal])).toEqual([
      ['create', 'removed'],
      ['unchanged', null],
      ['error', null],
    ]);
  });

  it('leaves one audit entry, in the name of who took it back', async () => {
    const { id } = await context.import(file(BRIDGE));
    await context.revert(id);
    const entries = await sql(
      `SELECT action, actor_name, after FROM audit_entries WHERE about_id = $1 ORDER BY id`,
      id,
    );
    expect(entries).toMatchObject([
      { action: 'imported' },
      { action: 'reverted', actor_name: 'system', after: { removed: 1, restored: 0, kept: 0, partlyKept: 0 } },
    ]);
  });

  it('cannot be taken back twice, nor before it has come to its end, nor be cancelled on the way', async () => {
    const conflict = { code: 'import_state' };
    const { id } = await context.analyze(file(BRIDGE));
    await expect(context.service.revert(id)).rejects.toMatchObject(conflict);
    await context.service.commit(id);
    await expect(context.service.revert(id)).rejects.toMatchObject(conflict);
    await context.runner.work(id);
    await context.service.revert(id);
    await expect(context.service.revert(id)).rejects.toMatchObject(conflict);
    await expect(context.service.cancel(id)).rejects.toMatchObject(conflict);
    await context.runner.work(id);
    await expect(context.service.revert(id)).rejects.toMatchObject(conflict);
    const cancelled = await context.analyze(file(BRIDGE));
    await context.service.cancel(cancelled.id);
    await expect(context.service.revert(cancelled.id)).rejects.toMatchObject(conflict);
  });

  it('is taken back as far as it came when it was cancelled', async () => {
    const { id } = await context.analyze(many(2_100));
    const { committedThrough } = await context.commitAndCancel(id);
    expect(committedThrough).toBeLessThan(2_100);
    const reverted = await context.revert(id);
    expect(reverted).toMatchObject({ status: 'reverted', doneCount: 2_100, removed: committedThrough });
    expect(await context.count('people')).toBe(0);
    const [last] = (await context.reader.rows(id, listRequest({ sort: ['-rowNumber'], limit: 1 }))).data;
    expect(last).toMatchObject({ verdict: 'skip', reversal: null });
  });

  it('is taken back as far as it came when the machinery gave up, and so is a revert that did', async () => {
    const { id } = await context.analyze(many(1_100));
    await context.service.commit(id);
    await failAfter(1);
    expect(await context.reader.get(id)).toMatchObject({
      status: 'failed',
      committedThrough: 1_000,
      created: 1_000,
      skipped: 100,
    });
    await context.service.revert(id);
    await failAfter(0);
    expect(await context.reader.get(id)).toMatchObject({ status: 'failed', failure: 'the lights go out' });
    expect(reversalOf(await context.revert(id))).toEqual([1_000, 0, 0, 0]);
    expect(await context.count('people')).toBe(0);

    async function failAfter(steps: number): Promise<void> {
      const phase = (await context.reader.get(id)).status === 'reverting' ? 'reverter' : 'committer';
      const worker = context.runner[phase];
      const step = worker.step.bind(worker);
      let done = 0;
      worker.step = (state) => (done++ < steps ? step(state) : Promise.reject(new Error('the lights go out')));
      for (let i = 0; i < 10; i++) {
        await sql('UPDATE imports SET lease_until = NULL');
        await context.runner.work(id);
      }
      worker.step = step;
    }
  });

  it('goes on where the last batch began when its worker is gone', async () => {
    const { id } = await context.import(many(1_100));
    await context.service.revert(id);
    const step = context.runner['step'].bind(context.runner);
    let steps = 0;
    context.runner['step'] = (...args) =>
      ++steps > 1 ? Promise.reject(new Error('the lights go out')) : step(...args);
    await context.runner.work(id);
    context.runner['step'] = step;
    expect(await context.reader.get(id)).toMatchObject({ status: 'reverting', revertedFrom: 101, removed: 1_000 });
    await sql('UPDATE imports SET lease_until = NULL');
    await context.runner.work(id);
    expect(reversalOf(await context.reader.get(id))).toEqual([1_100, 0, 0, 0]);
    expect(await context.count('records')).toBe(
      await context.count(`records WHERE type NOT IN ('organization', 'person', 'membership')`),
    );
  });

  it('does not get in the way of an import that is being written at the same time', async () => {
    const first = await context.import(many(1_050));
    const second = await context.analyze(
      many(1_050).replaceAll('Company', 'Firm').replaceAll('@example', '@firm.example'),
    );
    await context.service.revert(first.id);
    await context.service.commit(second.id);
    await Promise.all([context.runner.work(first.id), context.runner.work(second.id)]);
    expect(reversalOf(await context.reader.get(first.id))).toEqual([1_050, 0, 0, 0]);
    expect(countsOf(await context.reader.get(second.id))).toEqual([1_050, 0, 0, 0, 0]);
    expect(await context.count(`organizations WHERE name LIKE 'Firm%'`)).toBe(1_050);
    expect(await context.count('organizations')).toBe(1_050);
  });

  it('finds an index behind every foreign key it asks', async () => {
    const bare = await sql(`
      SELECT c.conrelid::regclass::text || '.' || a.attname AS "column"
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.confrelid = ANY('{records,organizations,people,positions,memberships}'::regclass[])
        AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])`);
    expect(bare).toEqual([]);
  });
});
