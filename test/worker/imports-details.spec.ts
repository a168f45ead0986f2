import { listRequest } from '#database';
import { OrganizationsReader, OrganizationsService, PeopleReader, PeopleService, PositionsService } from '#members';
import { countsOf, ImportsContext } from '../support/imports-context.js';

/** Lines of a file; the header decides what the cells mean. */
const csv = (header: string, ...rows: string[]): string => [header, ...rows].join('\n');

describe('details in a members list', () => {
  let context: ImportsContext;

  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());
  beforeEach(() =>
    context.database.query('TRUNCATE organizations, people, positions, memberships, imports, suppressions CASCADE'),
  );

  const organizations = async () => (await context.get(OrganizationsReader).list(listRequest({ limit: 200 }))).data;
  const people = async () => (await context.get(PeopleReader).list(listRequest({ limit: 200 }))).data;
  const titles = () =>
    context.database.query(
      `SELECT title, source, started_on::text AS "from", ended_on::text AS "to", preferred FROM positions ORDER BY title, source NULLS FIRST`,
    );
  const codes = async (id: string) =>
    (await context.rows(id)).map((row) => row.problems.map((problem) => problem.code));

  it('fill everything the directory knows of an organization and a person', async () => {
    const file = csv(
      [
        'organization,aliases,parent,organizationNotes,contactName,honorific,nativeName,contactAliases,contactCountry',
        'timeZone,email,otherEmails,contactNotes,title,titleSource,titleStartedOn,titleEndedOn,titlePreferred',
      ].join(','),
      [
        'Bridge Bank,"BB; ""Bridge; Bank""",Bridge Group,Old client,Leyla Məmmədova,Dr.,Лейла Мамедова,Leyla M.,TR',
        'Asia/Baku,l@example.com,m@example.com; n@example.com,Speaks Turkish,Chair,Press,2020-01-01,2025-12-31,no',
      ].join(','),
    );
    expect(countsOf(await context.import(file))).toEqual([1, 0, 0, 0, 0]);
    const [bank, group] = await organizations();
    expect(group).toMatchObject({ name: 'Bridge Group', kind: 'company' });
    expect(bank).toMatchObject({ aliases: ['BB', 'Bridge; Bank'], parentId: group?.id, notes: 'Old client' });
    expect(await people()).toMatchObject([
      {
        ...{
          honorific: 'Dr.',
          nativeName: 'Лейла Мамедова',
          aliases: ['Leyla M.'],
          country: 'TR',
          notes: 'Speaks Turkish',
        },
        ...{ timeZone: 'Asia/Baku', email: 'l@example.com', otherEmails: ['m@example.com', 'n@example.com'] },
      },
    ]);
    expect(await titles()).toEqual([
      { title: 'Chair', source: 'Press', from: '2020-01-01', to: '2025-12-31', preferred: false },
    ]);
    expect(countsOf(await context.import(file))).toEqual([0, 0, 1, 0, 0]);
  });

  it('add to other names, and never take one away', async () => {
    await context.get(OrganizationsService).create({ name: 'Bridge', kind: 'company', aliases: ['Körpü'] });
    await context.import(csv('organization,aliases', 'Bridge,Most', 'Bridge,Ponte'));
    expect(await organizations()).toMatchObject([{ aliases: ['Körpü', 'Most', 'Ponte'] }]);
    const found = await context.import(csv('organization', 'PONTE'));
    expect(countsOf(found)).toEqual([0, 0, 1, 0, 0]);
  });

  it('name the organization above, whether its own row comes before or after', async () => {
    const file = csv(
      'organization,parent,kind,country',
      'Agency,Ministry of Economy,government_agency,AZ',
      'Ministry of Economy,Cabinet,ministry,AZ',
      'Cabinet,,other,AZ',
      'Department,Agency,department,AZ',
    );
    expect((await context.import(file)).failed).toBe(0);
    const all = await organizations();
    const above = (name: string) => {
      const parentId = all.find((one) => one.name === name)?.parentId;
      return all.find(({ id }) => id === parentId)?.name;
    };
    expect(all.map(({ name, kind }) => [name, kind, above(name)])).toEqual([
      ['Agency', 'government_agency', 'Ministry of Economy'],
      ['Cabinet', 'other', undefined],
      ['Department', 'department', 'Agency'],
      ['Ministry of Economy', 'ministry', 'Cabinet'],
    ]);
    expect(countsOf(await context.import(file))).toEqual([0, 0, 4, 0, 0]);
  });

  it.each([0, 1_100])('may put an organization below one that comes later in the file, %i rows on', async (rows) => {
    const filler = Array.from({ length: rows }, (_, i) => `Company ${i},`);
    const file = csv(
      'organization,parent',
      'Agency,Ministry',
      'Bureau,',
      ...filler,
      'Cabinet,',
      'Ministry,Cabinet',
      'Bureau,Cabinet',
      ...filler,
      'Ministry,Cabinet',
      'Bureau,Agency',
    );
    const done = await context.import(file);
    expect([done.created, done.failed]).toEqual([rows + 3, 0]);
    const above = await context.database.query(
      'SELECT o.name, p.name AS above FROM organizations o JOIN organizations p ON p.id = o.parent_id ORDER BY o.name',
    );
    expect(above).toEqual([
      { name: 'Agency', above: 'Ministry' },
      { name: 'Bureau', above: 'Cabinet' },
      { name: 'Ministry', above: 'Cabinet' },
    ]);
    const circle = await context.analyze(csv('organization,parent', 'Cabinet,Agency'));
    expect(circle.failed).toBe(1);
    await context.service.revert(done.id);
    await context.runner.work(done.id);
    expect(await context.count('organizations')).toBe(0);
  });

  it('never let an organization stand above itself, not even across batches', async () => {
    const filler = Array.from({ length: 1_100 }, (_, i) => `Company ${i},`);
    const done = await context.import(
      csv('organization,parent', 'A One,B Two', 'B Two,C Three', ...filler, 'C Three,A One'),
    );
    expect((await context.rows(done.id)).length).toBeGreaterThan(0);
    expect(done.failed).toBe(1);
    const own = await context.import(csv('organization,parent', 'Bridge,BRIDGE LLC'));
    expect(await codes(own.id)).toEqual([['parent_cycle']]);
    const stored = await context.import(csv('organization,parent', 'C Three,A One'));
    expect(await codes(stored.id)).toEqual([['parent_cycle']]);
  });

  it('never let an organization stand above itself when somebody has moved others since the analysis', async () => {
    const service = context.get(OrganizationsService);
    const [a, b, c] = await Promise.all(
      ['A One', 'B Two', 'C Three'].map((name) => service.create({ name, kind: 'company' })),
    );
    const ready = await context.analyze(csv('organization,parent', 'A One,B Two', 'D Four,B Two'));
    expect([ready.updated, ready.created, ready.failed]).toEqual([1, 1, 0]);
    await service.update(b?.id ?? '', { parentId: c?.id });
    await service.update(c?.id ?? '', { parentId: a?.id });
    const done = await context.commit(ready.id);
    expect([done.updated, done.created, done.failed]).toEqual([0, 1, 1]);
    expect(await codes(ready.id)).toEqual([['parent_cycle'], []]);
    const parents = new Map((await organizations()).map(({ name, parentId }) => [name, parentId]));
    expect(parents).toEqual(
      new Map([
        ['A One', null],
        ['B Two', c?.id],
        ['C Three', a?.id],
        ['D Four', b?.id],
      ]),
    );
  });

  it('never let one row after the other close a circle either, where the first was linked by a later row', async () => {
    const service = context.get(OrganizationsService);
    await context.import(csv('organization', 'A One', 'B Two'));
    const ready = await context.analyze(csv('organization,parent,notes', 'A One,,first', 'B Two,,', 'A One,B Two,'));
    expect(ready.failed).toBe(0);
    const [one, two] = (await organizations()).sort((x, y) => x.name.localeCompare(y.name));
    await service.update(two?.id ?? '', { parentId: one?.id });
    const done = await context.commit(ready.id);
    expect(done.failed).toBe(1);
    expect((await codes(ready.id)).at(-1)).toEqual(['parent_cycle']);
  });

  it('renew a membership by a later end, and take that back with the import', async () => {
    const member = (tier: string, ends: string) =>
      csv('organization,tier,startsOn,endsOn', `Bridge,${tier},2026-01-01,${ends}`);
    const renewals = () =>
      context.database.query('SELECT ended_on::text, ends_on::text FROM membership_renewals ORDER BY id');
    await context.import(member('silver', '2026-12-31'));
    const renewed = await context.import(member('silver', '2027-12-31'));
    expect(await renewals()).toEqual([{ ended_on: '2026-12-31', ends_on: '2027-12-31' }]);
    for (const [tier, ends] of [
      ['silver', '2027-06-30'],
      ['gold', '2028-12-31'],
    ] as const) {
      const corrected = await context.import(member(tier, ends));
      expect(corrected.updated).toBe(1);
      expect(await renewals()).toHaveLength(1);
      await context.revert(corrected.id);
    }
    expect(await renewals()).toHaveLength(1);
    await context.revert(renewed.id);
    expect(await renewals()).toEqual([]);
  });

  it('let one title step back for another that is preferred now', async () => {
    const bridge = await context.get(OrganizationsService).create({ name: 'Bridge', kind: 'company' });
    const elnur = await context.get(PeopleService).create({ fullName: 'Elnur Aliyev' });
    const add = (title: string, source?: string) =>
      context.get(PositionsService).create(elnur.id, { organizationId: bridge.id, title, source });
    await add('Director', 'press');
    await add('Chairman', 'website');
    const header = 'organization,contactName,title,titleSource,titlePreferred';
    const done = await context.import(
      csv(header, 'Bridge,Elnur Aliyev,Chairman,website,yes', 'Bridge,Elnur Aliyev,Adviser,,no'),
    );
    expect(countsOf(done)).toEqual([1, 1, 0, 0, 0]);
    expect(await titles()).toMatchObject([
      { title: 'Adviser', preferred: false },
      { title: 'Chairman', preferred: true },
      { title: 'Director', preferred: false },
    ]);
    const both = await context.import(
      csv(header, 'Bridge,Elnur Aliyev,Director,press,yes', 'Bridge,Elnur Aliyev,Adviser,,yes'),
    );
    expect(await codes(both.id)).toEqual([[], ['differs_within_file']]);
    expect(await titles()).toMatchObject([{ preferred: false }, { preferred: false }, { preferred: true }]);
  });

  it('cancel a membership or enter a cancelled one, and never revive it', async () => {
    const header = 'organization,tier,startsOn,endsOn,cancelledOn,cancellationReason';
    const first = 'Bridge,gold,2025-01-01,2025-12-31,2025-06-01,Moved away';
    const done = await context.import(csv(header, first, 'Bridge,gold,2025-07-01,2026-06-30,,'));
    expect(countsOf(done)).toEqual([2, 0, 0, 0, 0]);
    expect(countsOf(await context.import(csv(header, first)))).toEqual([0, 0, 1, 0, 0]);
    const revived = await context.import(csv(header, 'Bridge,gold,2025-01-01,2025-06-30,,'), { mode: 'create' });
    expect(await codes(revived.id)).toEqual([['membership_cancelled']]);
    const ended = await context.import(csv(header, 'Bridge,gold,2025-07-01,2026-06-30,2026-01-31,Closed'));
    expect(countsOf(ended)).toEqual([0, 1, 0, 0, 0]);
    expect(
      await context.database.query(
        'SELECT cancelled_on::text AS "on", cancellation_reason AS why FROM memberships ORDER BY 1',
      ),
    ).toEqual([
      { on: '2025-06-01', why: 'Moved away' },
      { on: '2026-01-31', why: 'Closed' },
    ]);
  });

  it('leave a membership in a tier that is archived by now, and give that tier to nobody else', async () => {
    await context.addTiers('founder');
    const header = 'organization,tier,startsOn,endsOn';
    const founder = 'Bridge,Founder member,2020-01-01,2020-12-31';
    await context.import(csv(header, founder));
    await context.database.query(`UPDATE membership_tiers SET archived_at = now() WHERE code = 'founder'`);
    const done = await context.import(csv(header, founder, 'Harbour,founder,2020-01-01,2020-12-31'));
    expect(countsOf(done)).toEqual([0, 0, 1, 0, 1]);
    expect(await codes(done.id)).toEqual([[], ['archived_tier']]);
  });

  it('are kept or written as the mode says', async () => {
    const header = 'organization,aliases,parent,contactName,honorific,timeZone,title,titleSource,titlePreferred';
    const known = 'Bridge,Most,,Elnur Aliyev,Mr.,,Director,press,yes';
    const changed = 'Bridge,Ponte,Group,Elnur Aliyev,Dr.,Asia/Baku,Chairman,web,yes';
    const stored = async () => {
      const [bridge] = await organizations();
      const [elnur] = await people();
      const held = (await titles()).map(({ title, preferred }) => `${String(title)}${preferred === true ? '*' : ''}`);
      return [bridge?.aliases, bridge?.parentId !== null, elnur?.honorific, elnur?.timeZone, held];
    };
    const outcomes = {
      create: [['Most'], false, 'Mr.', null, ['Director*']],
      update: [['Most', 'Ponte'], false, 'Dr.', 'Asia/Baku', ['Director*']],
      fill: [['Most'], false, 'Mr.', 'Asia/Baku', ['Director*']],
      upsert: [['Most', 'Ponte'], true, 'Dr.', 'Asia/Baku', ['Chairman*', 'Director']],
    } as const;
    for (const mode of ['create', 'update', 'fill', 'upsert'] as const) {
      await context.database.query('TRUNCATE organizations, people, positions, imports CASCADE');
      await context.import(csv(header, known));
      await context.import(csv(header, changed), { mode });
      expect([mode, ...(await stored())]).toEqual([mode, ...outcomes[mode]]);
    }
  });

  it('read days in ISO form or as dateOrder says, and never guess', async () => {
    const header = 'organization,tier,startsOn,endsOn';
    const read = async (from: string, dateOrder?: 'dmy' | 'mdy') => {
      const id = (await context.analyze(csv(header, `Bridge,gold,${from},2030-12-31`), { dateOrder })).id;
      const plan = await context.database.queryOne<{ starts: string | null }>(
        `SELECT plan->'membership'->'after'->>'starts_on' AS starts FROM import_verdicts WHERE import_id = $1`,
        [id],
      );
      const [row] = await context.rows(id);
      return plan?.starts ?? row?.problems.map(({ code, message }) => `${code}: ${message}`).join();
    };
    expect(await read('2026-03-25')).toBe('2026-03-25');
    expect(await read('25.03.2026')).toBe('2026-03-25');
    expect(await read('03/25/2026')).toBe('2026-03-25');
    expect(await read('25.03.2026', 'dmy')).toBe('2026-03-25');
    expect(await read('25.03.2026', 'mdy')).toMatch(/^no_such_day/);
    expect(await read('03/04/2026')).toMatch(/^ambiguous_date/);
    expect(await read('03/04/2026', 'mdy')).toBe('2026-03-04');
    expect(await read('03/04/2026', 'dmy')).toBe('2026-04-03');
    expect(await read('25.03.26', 'dmy')).toMatch(/^bad_date: .*no year of four digits/);
    expect(await read('46106')).toMatch(/^bad_date: .*spreadsheet counts days/);
  });
});
