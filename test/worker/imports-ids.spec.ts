import { v7 } from 'uuid';
import { listRequest } from '#database';
import {
  MembershipsService,
  OrganizationsReader,
  OrganizationsService,
  PeopleReader,
  PeopleService,
  PositionsService,
} from '#members';
import { countsOf, ImportsContext } from '../support/imports-context.js';

/** Lines of a file; the header decides what the cells mean. */
const csv = (header: string, ...rows: string[]): string => [header, ...rows].join('\n');

describe('ids in a members list', () => {
  let context: ImportsContext;

  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());
  beforeEach(() => context.database.query('TRUNCATE organizations, people, positions, memberships, imports CASCADE'));

  const organizations = async () => (await context.get(OrganizationsReader).list(listRequest({ limit: 200 }))).data;
  const people = async () => (await context.get(PeopleReader).list(listRequest({ limit: 200 }))).data;
  const verdicts = async (id: string) => (await context.rows(id)).map((row) => row.verdict);
  const codes = async (id: string) =>
    (await context.rows(id)).map((row) => row.problems.map((problem) => problem.code));
  const add = (name: string, more: object = {}) =>
    context.get(OrganizationsService).create({ name, kind: 'company', ...more });

  it('decide before names, websites and addresses do', async () => {
    const bridge = await add('Bridge', { website: 'https://bridge.example.com' });
    await add('Harbour', { website: 'https://harbour.example.com' });
    const elnur = await context.get(PeopleService).create({ fullName: 'Elnur Aliyev', email: 'e@example.com' });
    const done = await context.import(
      csv(
        'organizationId,organization,website,personId,contactName,email',
        `${bridge.id},Bridge Logistics,harbour.example.com,${elnur.id.toUpperCase()},Elnur E. Aliyev-Quliyev,new@example.com`,
      ),
    );
    expect(countsOf(done)).toEqual([1, 0, 0, 0, 0]);
    expect(await organizations()).toMatchObject([
      { id: bridge.id, name: 'Bridge Logistics', aliases: ['Bridge'], website: 'https://harbour.example.com' },
      { name: 'Harbour' },
    ]);
    expect(await people()).toMatchObject([
      { id: elnur.id, fullName: 'Elnur E. Aliyev-Quliyev', email: 'new@example.com', otherEmails: ['e@example.com'] },
    ]);
  });

  it('are enough without any name', async () => {
    const bridge = await add('Bridge');
    const elnur = await context.get(PeopleService).create({ fullName: 'Elnur Aliyev' });
    const done = await context.import(
      csv('organizationId,personId,title,phone', `${bridge.id},${elnur.id},Director,+994 12 497 0000`),
    );
    expect(await verdicts(done.id)).toEqual(['create']);
    expect(await people()).toMatchObject([{ fullName: 'Elnur Aliyev', phone: '+994 12 497 0000' }]);
    const lost = await context.import(csv('organizationId,organization', `${v7()},`));
    expect(await codes(lost.id)).toEqual([['unknown_id']]);
  });

  it('that nobody has here fall back to names, and mean one subject throughout the file', async () => {
    await add('Bridge', { country: 'AZ' });
    const [known, fresh] = [v7(), v7()];
    const done = await context.import(
      csv(
        'organizationId,organization,country',
        `${known},BRIDGE LLC,AZ`,
        `${known},Something else entirely,`,
        `${fresh},Harbour,TR`,
        `${fresh},Port,TR`,
        `${v7()},Harbour,TR`,
      ),
    );
    const rows = await context.rows(done.id);
    expect(rows[1]?.organizationId).toBe(rows[0]?.organizationId);
    expect(rows[3]?.organizationId).toBe(fresh);
    expect(rows.map((row) => row.verdict)).toEqual(['update', 'unchanged', 'create', 'unchanged', 'create']);
    // Two ids are two organizations, even of one name.
    expect((await organizations()).map(({ name }) => name)).toEqual(['BRIDGE LLC', 'Harbour', 'Harbour']);
    expect(await codes(done.id)).toEqual([[], ['differs_within_file'], [], ['differs_within_file'], []]);
  });

  it('are known across batches of one file', async () => {
    const [organization, person, position] = [v7(), v7(), v7()];
    const filler = Array.from({ length: 1_200 }, (_, i) => `,Company ${i},,,,`);
    const row = (title: string) => `${organization},Bridge,${person},Elnur Aliyev,${position},${title}`;
    const done = await context.import(
      csv(
        'organizationId,organization,personId,contactName,positionId,title',
        row('Director'),
        ...filler,
        row('Director'),
      ),
    );
    expect(countsOf(done)).toEqual([1_201, 0, 1, 0, 0]);
    expect(await context.database.query('SELECT id, person_id, organization_id FROM positions')).toEqual([
      { id: position, person_id: person, organization_id: organization },
    ]);
  });

  it('of organizations above are kept too, and tell namesakes apart in later batches', async () => {
    const [group, other] = [v7(), v7()];
    const filler = Array.from({ length: 1_100 }, (_, i) => `,Company ${i},,`);
    const file = csv(
      'organizationId,organization,parentId,parent',
      `,Bridge,${group},Group`,
      ...filler,
      `${other},Group,,`,
      `,Harbour,${other},Group`,
    );
    expect(countsOf(await context.import(file))).toEqual([1_103, 0, 0, 0, 0]);
    const above = await context.database.query(
      `SELECT name, parent_id FROM organizations WHERE parent_id IS NOT NULL ORDER BY name`,
    );
    expect(above).toEqual([
      { name: 'Bridge', parent_id: group },
      { name: 'Harbour', parent_id: other },
    ]);
  });

  it('must be ids, of something that is there, and of the right kind', async () => {
    const gone = await add('Gone');
    await context.get(OrganizationsService).archive(gone.id);
    const elnur = await context.get(PeopleService).create({ fullName: 'Elnur Aliyev' });
    const done = await context.import(
      csv('organizationId,organization', 'Bridge-1,Bridge', `${gone.id},Gone`, `${elnur.id},Elnur`),
    );
    expect(await codes(done.id)).toEqual([['bad_id'], ['archived_id'], ['id_of_something_else']]);
    expect((await context.rows(done.id))[1]?.problems[0]).toMatchObject({
      column: 'organizationId',
      message: expect.stringContaining('archived, or merged'),
    });
    expect(countsOf(done)).toEqual([0, 0, 0, 0, 3]);
  });

  it('of a membership or a title must belong to whom the row names', async () => {
    const [bridge, harbour] = [await add('Bridge'), await add('Harbour')];
    const membership = await context.get(MembershipsService).create({
      organizationId: bridge.id,
      tierCode: 'gold',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
    });
    const header = 'membershipId,organizationId,tier,startsOn,endsOn';
    const moved = await context.import(csv(header, `${membership.id},${bridge.id},silver,2026-02-01,2027-01-31`));
    expect(countsOf(moved)).toEqual([0, 1, 0, 0, 0]);
    expect(await context.database.query('SELECT starts_on::text, ends_on::text FROM memberships')).toEqual([
      { starts_on: '2026-02-01', ends_on: '2027-01-31' },
    ]);
    const foreign = await context.import(csv(header, `${membership.id},${harbour.id},silver,2026-02-01,2027-01-31`));
    expect(await codes(foreign.id)).toEqual([['id_of_another']]);
    const elnur = await context.get(PeopleService).create({ fullName: 'Elnur Aliyev' });
    const title = await context
      .get(PositionsService)
      .create(elnur.id, { organizationId: bridge.id, title: 'Director' });
    const titles = await context.import(
      csv('positionId,personId,organizationId,title', `${title.id},${elnur.id},${harbour.id},Chairman`),
    );
    expect(await codes(titles.id)).toEqual([['id_of_another']]);
  });
});

describe('people without an organization', () => {
  let context: ImportsContext;

  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());
  beforeEach(() => context.database.query('TRUNCATE organizations, people, positions, memberships, imports CASCADE'));

  const people = async () => (await context.get(PeopleReader).list(listRequest({ limit: 200 }))).data;
  const codes = async (id: string) =>
    (await context.rows(id)).map((row) => row.problems.map((problem) => problem.code));

  it('may fill a file of their own, with a membership of their own', async () => {
    const file = csv(
      'contactName,email,country,title,tier,startsOn,endsOn,notes',
      'Leyla Məmmədova,leyla@example.com,AZ,,associate,2026-01-01,2026-12-31,Writes often',
      'Elnur Aliyev,,,Head of State,,,,',
      'Leyla Mammadova,LEYLA@example.com,,,,,,',
      'Алиев Эльнур,,,,,,,',
    );
    const done = await context.import(file);
    expect(countsOf(done)).toEqual([2, 0, 2, 0, 0]);
    expect(await people()).toMatchObject([
      { fullName: 'Elnur Aliyev' },
      { fullName: 'Leyla Məmmədova', country: 'AZ', notes: 'Writes often' },
    ]);
    const [row] = await context.rows(done.id);
    expect(await context.database.query('SELECT id, person_id, organization_id FROM memberships')).toEqual([
      { id: row?.membershipId, person_id: row?.personId, organization_id: null },
    ]);
    expect(await context.database.query('SELECT title, organization_id FROM positions')).toEqual([
      { title: 'Head of State', organization_id: null },
    ]);
    expect(countsOf(await context.import(file))).toEqual([0, 0, 4, 0, 0]);
  });

  it('are not taken for namesakes who work somewhere, and two of one name are never guessed between', async () => {
    await context.import(csv('organization,contactName', 'Bridge,Elnur Aliyev'));
    const first = await context.import(csv('contactName', 'Elnur Aliyev'));
    expect(countsOf(first)).toEqual([1, 0, 0, 0, 0]);
    await context.get(PeopleService).create({ fullName: 'Aliyev Elnur' });
    const second = await context.import(csv('contactName', 'Elnur Aliyev'));
    expect(await codes(second.id)).toEqual([['ambiguous_person']]);
    expect((await context.rows(second.id))[0]?.problems[0]?.candidates).toHaveLength(2);
  });

  it('are an error in a file that names organizations, for there one was forgotten', async () => {
    const done = await context.import(csv('organization,contactName', ',Elnur Aliyev'));
    expect(await codes(done.id)).toEqual([['required']]);
    const mixed = await context.import(
      csv('organization,personId,contactName,tags', ',,Elnur Aliyev,', ',,Ilham Aliyev,vip'),
    );
    expect(await codes(mixed.id)).toEqual([[], ['without_organization']]);
  });
});
