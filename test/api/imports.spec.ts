import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImportsRunner } from '#imports';
import { MembershipTiersService } from '#members';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const DEMO = readFileSync(join(__dirname, '../../apps/cli/src/demo/data/members-2026.csv'));
/** Rows of the demo's list that are broken on purpose, as its README says, and what is wrong with them. */
const BROKEN: [row: number, column: string | null, code: string][] = [
  [29, 'Email', 'bad_email'],
  [58, 'Starts on', 'no_such_day'],
  [87, 'Ends on', 'ends_before_start'],
  [118, 'Organization', 'required'],
  [145, 'Tier', 'unknown_tier'],
  [176, 'Country', 'unknown_country'],
  [203, 'Phone', 'bad_phone'],
  [232, 'Joined on', 'ambiguous_date'],
  [261, null, 'ragged_row'],
  [290, null, 'ragged_row'],
  [348, 'Email', 'email_of_another_person'],
  [378, 'Contact name', 'control_character'],
  [406, 'Website', 'bad_website'],
  [436, 'Organization', 'lost_characters'],
  [464, 'Ends on', 'bad_date'],
];
const SMALL =
  'Organization;Country;Contact name;E-mail\nBridge;AZ;Elnur Aliyev;elnur@bridge.example.com\nHarbour;Atlantis;;\n';

describe('imports over HTTP', () => {
  let api: TestApi;
  let staff: Client;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
    for (const code of ['platinum', 'gold', 'silver', 'associate']) {
      await api.app.get(MembershipTiersService).create({ code, name: code, annualDues: null, graceDays: 30 });
    }
  });
  afterAll(() => api?.close());

  const upload = (file: string | Buffer, options: object = { target: 'members' }) =>
    staff
      .post('/v1/imports')
      .attach('file', Buffer.from(file as string), 'members.csv')
      .field('options', JSON.stringify(options));
  /** Stands for the worker. */
  const work = (id: string) => api.app.get(ImportsRunner).work(id);
  const analyzed = async (file: string | Buffer, options?: object): Promise<string> => {
    const { body } = await upload(file, options).expect(202);
    await work(body.id);
    return body.id as string;
  };
  const get = async (id: string) => (await staff.get(`/v1/imports/${id}`).expect(200)).body;

  it('take a file in, say where it is found and what was detected', async () => {
    const { body, headers } = await upload(SMALL).expect(202);
    expect(headers.location).toBe(`/v1/imports/${body.id}`);
    expect(body).toMatchObject({
      status: 'analyzing',
      mode: 'upsert',
      fileName: 'members.csv',
      detected: {
        encoding: 'utf-8',
        delimiter: ';',
        mapping: { Organization: 'organization', Country: 'country', 'Contact name': 'contactName', 'E-mail': 'email' },
        unmapped: [],
      },
      progress: { done: 0, total: 2 },
      counts: { total: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 },
      createdBy: { kind: 'user', id: staff.id },
    });
    expect(Object.keys(body.detected.mapping)).toEqual(['Organization', 'Country', 'Contact name', 'E-mail']);
  });

  it('forecast, then commit, then tell what became of each row', async () => {
    const id = await analyzed(SMALL);
    expect(await get(id)).toMatchObject({ status: 'ready', counts: { total: 2, created: 1, failed: 1 } });
    expect((await staff.get('/v1/organizations?filter[name]=Bridge').expect(200)).body.data).toHaveLength(0);
    await staff.post(`/v1/imports/${id}/commit`).expect(202);
    await work(id);
    expect(await get(id)).toMatchObject({
      status: 'completed',
      progress: { done: 2, total: 2 },
      counts: { total: 2, created: 1, failed: 1 },
    });
    const { body } = await staff.get(`/v1/imports/${id}/rows?filter[verdict]=create`).expect(200);
    expect(body.data).toEqual([
      expect.objectContaining({
        rowNumber: 1,
        lineNumber: 2,
        verdict: 'create',
        problems: [],
        organizationId: expect.any(String),
        personId: expect.any(String),
      }),
    ]);
    await staff.get(`/v1/organizations/${body.data[0].organizationId}`).expect(200);
    await staff.get(`/v1/people/${body.data[0].personId}`).expect(200);
  });

  it('show what a row would change before anything is written', async () => {
    const file = (name: string, tier: string, above: string, ends: string) =>
      `organization,parent,country,tier,startsOn,endsOn,contactName,email,title\nPreview Ltd,${above},AZ,${tier},2026-01-01,${ends},${name},p@preview.example.com,Director\n`;
    const first = await analyzed(file('Ann Lee', 'gold', '', '2026-12-31'), { target: 'members', commit: true });
    const rowsOf = async (id: string) => (await staff.get(`/v1/imports/${id}/rows`).expect(200)).body.data;
    expect(await rowsOf(first)).toMatchObject([{ verdict: 'create', changes: [] }]);
    const second = await analyzed(file('Ann B. Lee', 'silver', 'Preview Group', '2027-12-31'));
    const [row] = await rowsOf(second);
    const { organizationId, personId, membershipId } = row;
    expect(row.changes).toEqual([
      { type: 'organization', id: organizationId, field: 'parent', before: null, after: 'Preview Group' },
      { type: 'person', id: personId, field: 'contactName', before: 'Ann Lee', after: 'Ann B. Lee' },
      { type: 'membership', id: membershipId, field: 'endsOn', before: '2026-12-31', after: '2027-12-31' },
      { type: 'membership', id: membershipId, field: 'tier', before: 'gold', after: 'silver' },
    ]);
    const [, unreadable] = await rowsOf(await analyzed(SMALL));
    expect(unreadable).toMatchObject({ verdict: 'error', changes: [] });
  });

  it('import the list of the demo with exactly the errors its README names, and nothing new the second time', async () => {
    const id = await analyzed(DEMO, { target: 'members', mode: 'upsert', commit: true });
    expect(await get(id)).toMatchObject({
      status: 'completed',
      counts: { total: 497, created: 481, updated: 0, unchanged: 1, skipped: 0, failed: BROKEN.length },
    });
    const { body } = await staff.get(`/v1/imports/${id}/rows?filter[verdict]=error`).expect(200);
    const found = body.data.map((row: { rowNumber: number; problems: { column: string; code: string }[] }) => [
      row.rowNumber,
      ...row.problems.flatMap(({ column, code }) => [column, code]),
    ]);
    expect(found).toEqual(BROKEN);
    const again = await analyzed(DEMO, { target: 'members', mode: 'upsert', commit: true });
    expect((await get(again)).counts).toMatchObject({ total: 497, unchanged: 482, failed: BROKEN.length });
  });

  it('are taken back, but for what people have changed since, which the rows name', async () => {
    const id = await analyzed('organization,notes\nQuay,one\nJetty,two\n', { target: 'members', commit: true });
    expect(await get(id)).toMatchObject({ status: 'completed', committedThrough: 2, reversal: null });
    const { body: rows } = await staff.get(`/v1/imports/${id}/rows`).expect(200);
    const [quay, jetty] = rows.data.map((row: { organizationId: string }) => row.organizationId);
    await staff.patch(`/v1/organizations/${quay}`).send({ notes: 'Called on Monday' }).expect(200);
    const { body: reverting } = await staff.post(`/v1/imports/${id}/revert`).expect(202);
    expect(reverting).toMatchObject({ status: 'reverting', progress: { done: 0, total: 2 } });
    const { body: conflict } = await staff.post(`/v1/imports/${id}/revert`).expect(409);
    expect(conflict).toMatchObject({ code: 'import_state' });
    await work(id);
    expect(await get(id)).toMatchObject({
      status: 'reverted',
      progress: { done: 2, total: 2 },
      counts: { total: 2, created: 2 },
      reversal: { removed: 1, restored: 0, kept: 1, partlyKept: 0 },
    });
    await staff.get(`/v1/organizations/${quay}`).expect(200);
    await staff.get(`/v1/organizations/${jetty}`).expect(404);
    const { body: kept } = await staff.get(`/v1/imports/${id}/rows?filter[reversal]=kept`).expect(200);
    expect(kept.data).toEqual([
      expect.objectContaining({
        rowNumber: 1,
        verdict: 'create',
        reversal: { outcome: 'kept', problems: [expect.objectContaining({ column: 'notes', code: 'changed_since' })] },
      }),
    ]);
    await staff.post(`/v1/imports/${id}/cancel`).expect(409);
    const { body: trail } = await (await api.as('admin')).get(`/v1/audit-entries?filter[aboutId]=${id}`).expect(200);
    expect(trail.data.map(({ action }: { action: string }) => action).sort()).toEqual(['imported', 'reverted']);
  });

  it('page through rows in the order of the file', async () => {
    const id = await analyzed(`organization\n${Array.from({ length: 7 }, (_, i) => `Page ${i}`).join('\n')}\n`);
    const numbers: number[] = [];
    for (let cursor = ''; ;) {
      const { body } = await staff.get(`/v1/imports/${id}/rows?limit=3${cursor && `&cursor=${cursor}`}`).expect(200);
      numbers.push(...body.data.map((row: { rowNumber: number }) => row.rowNumber));
      if (!body.page.nextCursor) break;
      cursor = body.page.nextCursor;
    }
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('give the failed rows back as a file', async () => {
    const id = await analyzed(SMALL);
    const { text, headers } = await staff.get(`/v1/imports/${id}/errors.csv`).expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toContain(`import-${id}-errors.csv`);
    expect(text.replace('\ufeff', '')).toBe(
      '_row,_problems,Organization,Country,Contact name,E-mail\r\n2,"Country: There is no country ""Atlantis"".",Harbour,Atlantis,,\r\n',
    );
  });

  it('can be cancelled, and then no longer committed', async () => {
    const id = await analyzed(SMALL);
    const { body } = await staff.post(`/v1/imports/${id}/cancel`).expect(200);
    expect(body).toMatchObject({ status: 'cancelled', counts: { total: 2, skipped: 1, failed: 1 } });
    await staff.post(`/v1/imports/${id}/commit`).expect(409);
    await staff.post(`/v1/imports/${id}/cancel`).expect(409);
  });

  it('understand options before the file and after it', async () => {
    const options = JSON.stringify({ target: 'members', delimiter: '|' });
    const after = staff
      .post('/v1/imports')
      .attach('file', Buffer.from('organization|x\nBridge|1\n'), 'a.csv')
      .field('options', options);
    expect((await after.expect(202)).body.detected.delimiter).toBe('|');
    const before = staff
      .post('/v1/imports')
      .field('options', options)
      .attach('file', Buffer.from('organization|x\nBridge|1\n'), 'a.csv');
    expect((await before.expect(202)).body.detected.delimiter).toBe('|');
  });

  it('run once for one Idempotency-Key, and refuse another file under it', async () => {
    const send = (file: string) => upload(file).set('Idempotency-Key', 'one-file');
    const first = await send(SMALL).expect(202);
    const second = await send(SMALL).expect(202);
    expect(second.body.id).toBe(first.body.id);
    expect(second.headers['idempotency-replayed']).toBe('true');
    await send('organization\nAnother\n').expect(422);
  });

  it.each<[string, object, string, string]>([
    ['no target', {}, '/options/target', 'is_string'],
    ['an unknown target', { target: 'nonsense' }, '/options/target', 'unknown_target'],
    ['an unknown mode', { target: 'members', mode: 'merge' }, '/options/mode', 'is_in'],
    ['an unknown option', { target: 'members', dryRun: true }, '/options/dryRun', 'unknown_property'],
    ['an unknown encoding', { target: 'members', encoding: 'koi8-r' }, '/options/encoding', 'unsupported_encoding'],
    ['a delimiter that is none', { target: 'members', delimiter: 'x' }, '/options/delimiter', 'is_in'],
    [
      'a mapping to nonsense',
      { target: 'members', mapping: { Country: 'nonsense' } },
      '/options/mapping/Country',
      'unknown_field',
    ],
    ['a mapping that is no object', { target: 'members', mapping: [1] }, '/options/mapping', 'mapping'],
  ])('refuse %s and point at it', async (_, options, pointer, code) => {
    const { body } = await upload(SMALL, options).expect(422);
    expect(body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer, code })]));
  });

  it('refuse a request that is no form, a form without a file, and options that are no JSON', async () => {
    await staff.post('/v1/imports').send({ target: 'members' }).expect(415);
    const { body } = await staff.post('/v1/imports').field('options', '{"target":"members"}').expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/file', code: 'required' }]);
    await staff.post('/v1/imports').attach('file', Buffer.from(SMALL), 'a.csv').expect(422);
    const garbled = staff.post('/v1/imports').attach('file', Buffer.from(SMALL), 'a.csv').field('options', '{nonsense');
    expect((await garbled.expect(400)).body.detail).toMatch(/^The part options: .*not JSON/);
    const two = staff
      .post('/v1/imports')
      .field('options', '{"target":"members"}')
      .attach('file', Buffer.from(SMALL), 'a.csv')
      .attach('file', Buffer.from(SMALL), 'b.csv');
    expect((await two.expect(422)).body.errors).toMatchObject([{ pointer: '/file', code: 'one_file' }]);
    const extra = staff.post('/v1/imports').attach('file', Buffer.from(SMALL), 'a.csv').field('other', '1');
    expect((await extra.expect(422)).body.errors).toMatchObject([{ pointer: '/other', code: 'unknown_property' }]);
    await staff
      .post('/v1/imports')
      .set('Content-Type', 'multipart/form-data; boundary=x')
      .send('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nnever ends')
      .expect(400);
  });

  it('refuse a file that cannot be read, naming the line and column', async () => {
    const broken = Buffer.concat([Buffer.from('organization\nKörpü\nCaf'), Buffer.from([0xe9, 0x0a])]);
    const { body } = await upload(broken).expect(422);
    expect(body).toMatchObject({ code: 'undecodable', errors: [{ pointer: '/file', line: 3, column: 4 }] });
    expect((await upload('').expect(422)).body.code).toBe('empty_file');
  });

  it('are for those who may run them', async () => {
    const viewer = await api.as('viewer');
    await viewer.get('/v1/imports').expect(403);
    await viewer.post('/v1/imports').attach('file', Buffer.from(SMALL), 'a.csv').expect(403);
    await api.guest.get('/v1/imports').expect(401);
    await staff.get('/v1/imports/01920000-0000-7000-8000-000000000000').expect(404);
    await staff.get('/v1/imports/01920000-0000-7000-8000-000000000000/errors.csv').expect(404);
    const { body } = await staff.get('/v1/imports?filter[status]=completed').expect(200);
    expect(body.data.length).toBeGreaterThan(0);
  });
});
