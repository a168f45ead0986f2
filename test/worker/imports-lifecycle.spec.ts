import { buffer } from 'node:stream/consumers';
import { Client } from 'pg';
import { listRequest } from '#database';
import { errorsCsv } from '#imports';
import { OrganizationsService, PeopleService } from '#members';
import { countsOf, ImportsContext } from '../support/imports-context.js';

const HEADER = 'organization,country,contactName,email,tier,startsOn,endsOn';
const row = (i: number): string => `Company ${i},AZ,Person Number${i},p${i}@example.com,gold,2026-01-01,2026-12-31`;
const file = (rows: number): string => [HEADER, ...Array.from({ length: rows }, (_, i) => row(i))].join('\n');

describe('an import on its way', () => {
  let context: ImportsContext;

  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());
  beforeEach(async () => {
    for (const table of [
      'memberships',
      'positions',
      'people',
      'organizations',
      'import_verdicts',
      'import_rows',
      'imports',
    ]) {
      await context.database.query(`DELETE FROM ${table}`);
    }
  });

  const directory = () =>
    Promise.all(['organizations', 'people', 'positions', 'memberships'].map((table) => context.count(table)));

  it('writes nothing before it is committed, and forecasts what it will come to', async () => {
    const id = await context.upload(file(3));
    expect(await context.reader.get(id)).toMatchObject({ status: 'analyzing', rowCount: 3 });
    await context.runner.work(id);
    const ready = await context.reader.get(id);
    expect(ready.status).toBe('ready');
    expect(countsOf(ready)).toEqual([3, 0, 0, 0, 0]);
    expect(await directory()).toEqual([0, 0, 0, 0]);
    const done = await context.commit(id);
    expect(done).toMatchObject({ status: 'completed', doneCount: 3, rowCount: 3, committedThrough: 3 });
    expect(countsOf(done)).toEqual([3, 0, 0, 0, 0]);
    expect(await directory()).toEqual([3, 3, 3, 3]);
  });

  it('leaves one audit entry, in the name of who brought the file', async () => {
    const id = (await context.import(file(2))).id;
    const entries = await context.database.query(
      'SELECT action, actor_name, after FROM audit_entries WHERE about_id = $1',
      [id],
    );
    expect(entries).toMatchObject([{ action: 'imported', actor_name: 'system', after: { total: 2, created: 2 } }]);
  });

  it('cannot be committed twice, nor cancelled once it is over', async () => {
    const { id } = await context.import(file(1));
    await expect(context.service.commit(id)).rejects.toMatchObject({ code: 'import_state' });
    await expect(context.service.cancel(id)).rejects.toMatchObject({ code: 'import_state' });
  });

  it('stops between two batches when it is cancelled, and says how far it came', async () => {
    const { id } = await context.analyze(file(2_500));
    const cancelled = await context.commitAndCancel(id);
    expect(cancelled.status).toBe('cancelled');
    const written = cancelled.committedThrough;
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(2_500);
    expect(countsOf(cancelled)).toEqual([written, 0, 0, 2_500 - written, 0]);
    expect(await directory()).toEqual([written, written, written, written]);
    const filters = [{ field: 'verdict', operator: 'eq' as const, values: ['skip'] }];
    const { data, page } = await context.reader.rows(id, listRequest({ filters, limit: 1, count: true }));
    expect(page.total).toBe(2_500 - written);
    expect(data[0]).toMatchObject({ rowNumber: written + 1, problems: [{ code: 'cancelled' }] });
  });

  it('counts every row as skipped when it is cancelled before anything was written', async () => {
    const { id } = await context.analyze(file(3));
    await context.service.cancel(id);
    expect(countsOf(await context.reader.get(id))).toEqual([0, 0, 0, 3, 0]);
    expect(await directory()).toEqual([0, 0, 0, 0]);
  });

  it('goes on behind the last batch when its worker is gone, and comes to the same', async () => {
    const { id } = await context.analyze(file(2_500));
    await context.service.commit(id);
    const step = context.runner['step'].bind(context.runner);
    let steps = 0;
    context.runner['step'] = (...args) =>
      ++steps > 1 ? Promise.reject(new Error('the lights go out')) : step(...args);
    await context.runner.work(id);
    context.runner['step'] = step;
    expect((await context.reader.get(id)).committedThrough).toBe(1_000);
    await context.database.query('UPDATE imports SET lease_until = NULL');
    await context.runner.work(id);
    const done = await context.reader.get(id);
    expect(done).toMatchObject({ status: 'completed', failure: null });
    expect(await directory()).toEqual([2_500, 2_500, 2_500, 2_500]);
  });

  it('is not taken by a second worker while one is at it', async () => {
    const { id } = await context.analyze(file(1_500));
    await context.service.commit(id);
    await Promise.all([context.runner.work(id), context.runner.work(id), context.runner.work(id)]);
    expect(countsOf(await context.reader.get(id))).toEqual([1_500, 0, 0, 0, 0]);
    expect(await directory()).toEqual([1_500, 1_500, 1_500, 1_500]);
  });

  it('is given up, and says why, when its batch fails again and again', async () => {
    const id = await context.upload(file(1));
    const step = context.runner['analyzer'].step;
    context.runner['analyzer'].step = () => Promise.reject(new Error('no such thing'));
    for (let i = 0; i < 9; i++) {
      await context.database.query('UPDATE imports SET lease_until = NULL');
      await context.runner.work(id);
    }
    context.runner['analyzer'].step = step;
    expect(await context.reader.get(id)).toMatchObject({ status: 'failed', failure: 'no such thing' });
  });

  describe('and somebody changes things between analysis and commit', () => {
    it('makes an error of the row whose organization changed, and writes the others', async () => {
      const organization = await context.get(OrganizationsService).create({ name: 'Company 0', kind: 'company' });
      const { id } = await context.analyze(file(3));
      await context.get(OrganizationsService).update(organization.id, { country: 'TR' });
      const done = await context.commit(id);
      expect(countsOf(done)).toEqual([2, 0, 0, 0, 1]);
      const [first] = await context.rows(id);
      expect(first).toMatchObject({ verdict: 'error', problems: [{ code: 'changed_since' }] });
      expect(await context.database.query(`SELECT country FROM organizations WHERE name = 'Company 0'`)).toEqual([
        { country: 'TR' },
      ]);
      expect(await directory()).toEqual([3, 2, 2, 2]);
    });

    it('makes an error of the row whose organization was archived', async () => {
      const organization = await context
        .get(OrganizationsService)
        .create({ name: 'Company 0', country: 'AZ', kind: 'company' });
      const { id } = await context.analyze(file(2));
      await context.get(OrganizationsService).archive(organization.id);
      expect(countsOf(await context.commit(id))).toEqual([1, 0, 0, 0, 1]);
      expect((await context.rows(id))[0]?.problems).toMatchObject([{ code: 'archived_since' }]);
      expect(await directory()).toEqual([2, 1, 1, 1]);
    });

    it('makes errors of rows whose organization, person or membership somebody else has entered', async () => {
      const bridge = await context
        .get(OrganizationsService)
        .create({ name: 'Company 2', country: 'AZ', kind: 'company' });
      const { id } = await context.analyze(file(4));
      await context.get(OrganizationsService).create({ name: 'Company 0', kind: 'bank' });
      await context.get(PeopleService).create({ fullName: 'Somebody Else', email: 'p1@example.com' });
      await context.database.query(
        `INSERT INTO memberships (id, version, organization_id, tier_id, joined_on, starts_on, ends_on, search_key)
         SELECT gen_random_uuid(), 1, $1, id, '2026-06-01', '2026-06-01', '2027-05-31', '' FROM membership_tiers LIMIT 1`,
        [bridge.id],
      );
      const done = await context.commit(id);
      expect(countsOf(done)).toEqual([1, 0, 0, 0, 3]);
      const rows = await context.rows(id);
      expect(rows.map((r) => r.problems[0]?.code)).toEqual([
        'appeared_since',
        'appeared_since',
        'appeared_since',
        undefined,
      ]);
      expect(await directory()).toEqual([3, 2, 1, 2]);
    });

    it('makes errors of later rows that rest on a row that could not be written', async () => {
      const more = 'Company 0,AZ,Another Person,another@example.com,,,';
      const { id } = await context.analyze(`${file(2)}\n${more}`);
      await context.get(OrganizationsService).create({ name: 'Company 0', kind: 'bank' });
      const done = await context.commit(id);
      expect(countsOf(done)).toEqual([1, 0, 0, 0, 2]);
      expect((await context.rows(id)).map((r) => r.problems[0]?.code)).toEqual([
        'appeared_since',
        undefined,
        'depends_on_failed_row',
      ]);
    });

    it('makes an error of the row whose organization was entered by somebody who began before the analysis ended', async () => {
      const key = await matchKeyOf('Company 0');
      const client = new Client({ connectionString: context.databaseUrl });
      await client.connect();
      await client.query('BEGIN');
      await client.query(
        `INSERT INTO organizations (id, version, name, kind, country, search_key, match_key)
         VALUES (gen_random_uuid(), 1, 'Company 0', 'company', 'AZ', 'company 0', $1)`,
        [key],
      );
      const { id } = await context.analyze(file(2));
      await client.query('COMMIT');
      await client.end();
      expect(countsOf(await context.commit(id))).toEqual([1, 0, 0, 0, 1]);
      expect((await context.rows(id))[0]?.problems).toMatchObject([{ code: 'appeared_since' }]);
    });

    async function matchKeyOf(name: string): Promise<string | undefined> {
      const organization = await context.get(OrganizationsService).create({ name, kind: 'company' });
      const row = await context.database.queryOne<{ key: string }>(
        'SELECT match_key AS key FROM organizations WHERE id = $1',
        [organization.id],
      );
      await context.database.query('DELETE FROM organizations WHERE id = $1', [organization.id]);
      return row?.key;
    }

    it('makes an error of the one row that breaks a rule of the database', async () => {
      const { id } = await context.analyze(file(20));
      await context.database.query(
        `UPDATE import_verdicts SET plan = jsonb_set(plan, '{membership,after,ends_on}', '"2020-01-01"') WHERE import_id = $1 AND row_number = 7`,
        [id],
      );
      const done = await context.commit(id);
      expect(countsOf(done)).toEqual([19, 0, 0, 0, 1]);
      expect((await context.rows(id))[6]).toMatchObject({ verdict: 'error', problems: [{ code: 'changed_since' }] });
      expect(await directory()).toEqual([19, 19, 19, 19]);
    });
  });

  describe('beside another import of the same file', () => {
    const ROWS = 800;

    it('enters everybody once when both are committed together', async () => {
      const [first, second] = [await context.analyze(file(ROWS)), await context.analyze(file(ROWS))];
      const both = await Promise.all([context.commit(first.id), context.commit(second.id)]);
      expect(both.map(({ status }) => status)).toEqual(['completed', 'completed']);
      expect(both.map(countsOf).sort()).toEqual([
        [0, 0, 0, 0, ROWS],
        [ROWS, 0, 0, 0, 0],
      ]);
      expect(await directory()).toEqual([ROWS, ROWS, ROWS, ROWS]);
    }, 60_000);

    it('enters contacts without an address once, where their organizations are known already', async () => {
      const contacts = (...names: string[]): string =>
        ['organization,country,contactName', ...names.map((name, i) => `Company ${i},AZ,${name}`)].join('\n');
      await context.import(contacts('', ''));
      const csv = contacts('Leyla Mammadova', 'Elnur Aliyev');
      const [first, second] = [await context.analyze(csv), await context.analyze(csv)];
      await Promise.all([context.commit(first.id), context.commit(second.id)]);
      expect(await directory()).toEqual([2, 2, 2, 0]);
      expect(countsOf(await context.import(csv))).toEqual([0, 0, 2, 0, 0]);
    });

    it('enters everybody once when neither waits for people, however many batches they have', async () => {
      const rows = 2_500;
      const ids = [
        await context.upload(file(rows), { commit: true }),
        await context.upload(file(rows), { commit: true }),
      ];
      await Promise.all(ids.map((id) => context.runner.work(id)));
      const both = await Promise.all(ids.map((id) => context.reader.get(id)));
      expect(both.map(({ status }) => status)).toEqual(['completed', 'completed']);
      expect(both.reduce((sum, { created }) => sum + created, 0)).toBe(rows);
      expect(await directory()).toEqual([rows, rows, rows, rows]);
    }, 60_000);
  });

  it('gives the failed rows back as they came, so that the mended file imports', async () => {
    const broken = [HEADER, row(1), 'Bridge,Atlantis,"Elnur ""E."" Aliyev",x,,,', 'Harbour,AZ', row(2)].join('\n');
    const done = await context.import(broken);
    expect(countsOf(done)).toEqual([2, 0, 0, 0, 2]);
    const returned = (await buffer(await errorsCsv(context.reader, done.id))).toString();
    expect(returned.split('\r\n')).toEqual([
      `\ufeff_row,_problems,${HEADER}`,
      '2,"country: There is no country ""Atlantis"". | email: ""x"" is not an e-mail address.",Bridge,Atlantis,"Elnur ""E."" Aliyev",x,,,',
      '3,"The row has 2 cells, the header 7; columns may have shifted.",Harbour,AZ',
      '',
    ]);
    const mended = returned
      .replace('Atlantis,', 'AZ,')
      .replace(',x,,,', ',x@example.com,,,')
      .replace('Harbour,AZ', 'Harbour,AZ,,,,,');
    const again = await context.import(mended);
    expect(countsOf(again)).toEqual([2, 0, 0, 0, 0]);
    expect(again.detected.unmapped).toEqual(['_row', '_problems']);
  });
});

/** Parts of a file that come again each time it is read. */
const again = (parts: () => Generator<string>): Iterable<string> => ({ [Symbol.iterator]: parts });

describe('a file that is no members list', () => {
  let context: ImportsContext;
  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());

  const NUL = Buffer.from('organization,country\nBridge,A\0Z\n');
  const DAMAGED = Buffer.concat([
    Buffer.from('organization,country\nKörpü,AZ\nCaf'),
    Buffer.from([0xe9]),
    Buffer.from(',FR\n'),
  ]);

  it.each<[string, string | Buffer | Iterable<string>, string, object]>([
    ['0 bytes', '', 'empty_file', { line: 1 }],
    ['nothing but blank lines', '\n\n  \n', 'empty_file', { line: 1 }],
    ['a header and nothing else', 'organization,country\n', 'no_rows', { line: 2 }],
    ['an image', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'not_a_table', { line: 1, column: 1 }],
    ['a workbook', Buffer.from('504b030414000600', 'hex'), 'not_a_table', { line: 1, column: 1 }],
    ['a NUL byte', NUL, 'nul_byte', { line: 2, column: 9 }],
    ['damaged UTF-8', DAMAGED, 'undecodable', { line: 3, column: 4 }],
    [
      'a quote that is never closed',
      'organization,country\nA,AZ\nBridge,"AZ\nC,AZ\n',
      'unclosed_quote',
      { line: 3, column: 2 },
    ],
    ['601 columns', `organization${',x'.repeat(600)}\nBridge\n`, 'too_many_columns', { line: 1, column: 501 }],
    [
      'a line of ten million columns',
      again(function* () {
        yield 'organization,country\nBridge';
        for (let i = 0; i < 100; i++) yield ',x'.repeat(100_000);
      }),
      'row_too_long',
      { line: 2 },
    ],
  ])('is refused when it is %s, naming the place, and leaves nothing', async (_, content, code, place) => {
    await expect(context.upload(content)).rejects.toMatchObject({
      kind: 'invalid',
      code,
      errors: [expect.objectContaining({ pointer: '/file', code, ...place })],
    });
    expect([await context.count('imports'), await context.count('import_rows')]).toEqual([0, 0]);
  });

  it('is refused at its 90,000th row as well, and leaves nothing', async () => {
    const rows = again(function* () {
      yield 'organization,country\n';
      for (let i = 0; i < 90; i++) yield 'Bridge,AZ\n'.repeat(1_000);
      yield 'Harbour,"AZ\n';
    });
    await expect(context.upload(rows)).rejects.toMatchObject({ code: 'unclosed_quote', errors: [{ line: 90_002 }] });
    expect([await context.count('imports'), await context.count('import_rows')]).toEqual([0, 0]);
  });

  it('leaves nothing when the sender breaks off', async () => {
    const rows = again(function* () {
      yield `${HEADER}\n`;
      yield 'Bridge,AZ,,,,,\n'.repeat(10_000);
      throw new Error('aborted');
    });
    await expect(context.upload(rows)).rejects.toThrow('aborted');
    expect([await context.count('imports'), await context.count('import_rows')]).toEqual([0, 0]);
  });

  it('is refused without a column for the organization, and told which headers there could be', async () => {
    await expect(context.upload('Foo,Country\nBridge,AZ\n')).rejects.toMatchObject({
      errors: [{ code: 'missing_column', line: 1 }],
    });
    const id = await context.upload('Foo,Country\nBridge,AZ\n', { mapping: { foo: 'organization', Country: null } });
    expect((await context.reader.get(id)).detected).toMatchObject({
      mapping: { Foo: 'organization' },
      unmapped: ['Country'],
    });
  });

  it('is refused when two columns mean the same, until the client says which one counts', async () => {
    const two = 'Company,Organization\nBridge,Harbour\n';
    await expect(context.upload(two)).rejects.toMatchObject({ errors: [{ code: 'duplicate_column', column: 2 }] });
    const id = await context.upload(two, { mapping: { Company: null } });
    expect((await context.reader.get(id)).detected.mapping).toEqual({ Organization: 'organization' });
  });

  it('is refused when the mapping names what is not there', async () => {
    const mapping = { 'No/such': 'country', country: 'nonsense' };
    await expect(context.upload('organization,country\nBridge,AZ\n', { mapping })).rejects.toMatchObject({
      errors: [
        { pointer: '/options/mapping/No~1such', code: 'unknown_header' },
        { pointer: '/options/mapping/country', code: 'unknown_field' },
      ],
    });
  });
});
