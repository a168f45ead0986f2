import { listRequest } from '#database';
import { OrganizationsReader, OrganizationsService, PeopleReader, PeopleService, PositionsService } from '#members';
import { countsOf, ImportsContext } from '../support/imports-context.js';

/** Lines of a file; the header decides what the cells mean. */
const csv = (header: string, ...rows: string[]): string => [header, ...rows].join('\n');

const ALL = 'organization,website,country,contactName,title,email,tier,startsOn,endsOn';

describe('what a row of a members list means', () => {
  let context: ImportsContext;

  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());
  beforeEach(async () => {
    for (const table of [
      'membership_renewals',
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

  const organizations = async () => (await context.get(OrganizationsReader).list(listRequest({ limit: 200 }))).data;
  const people = async () => (await context.get(PeopleReader).list(listRequest({ limit: 200 }))).data;
  const verdicts = async (id: string) => (await context.rows(id)).map((row) => row.verdict);
  const codes = async (id: string) =>
    (await context.rows(id)).map((row) => row.problems.map((problem) => problem.code));

  it('is an organization by a former name of it, whatever legal form stands there', async () => {
    await context.import(csv('organization,website,country', 'Alpha MMC,alpha.example.com,AZ'));
    await context.import(csv('organization,website,country', 'Gamma Group,alpha.example.com,AZ'));
    const again = await context.import(csv('organization,country', 'Alpha,AZ', 'ALPHA LLC,AZ', 'Alpha MMC,AZ'));
    expect(countsOf(again)).toEqual([0, 0, 3, 0, 0]);
    const below = await context.import(csv('organization,parent', 'Harbour,Alpha'));
    expect(countsOf(below)).toEqual([1, 0, 0, 0, 0]);
    expect((await organizations()).map(({ name }) => name).sort()).toEqual(['Gamma Group', 'Harbour']);
  });

  it.each([0, 1_100])('is somebody by the address an earlier row has given them, %i rows on', async (rows) => {
    const header = 'organization,contactName,email';
    await context.import(csv(header, 'Bridge,Su Le,su@example.com'));
    const filler = Array.from({ length: rows }, (_, i) => `Company ${i},,`);
    const file = csv(
      header,
      'Bridge,Su Le,new@example.com',
      ...filler,
      'Harbour,Su Le,new@example.com',
      'Bridge,Kim Park,new@example.com',
    );
    const done = await context.import(file);
    expect([done.updated, done.created, done.failed]).toEqual([1, rows + 1, 1]);
    expect(await people()).toMatchObject([
      { fullName: 'Su Le', email: 'new@example.com', otherEmails: ['su@example.com'] },
    ]);
    expect(await context.count('positions')).toBe(2);
    const again = await context.import(file);
    expect([again.updated, again.created, again.failed]).toEqual([0, 0, 1]);
  });

  it('is an organization, its contact with a title, and its membership', async () => {
    const done = await context.import(
      csv(
        ALL,
        'Xəzər Körpüsü MMC,xezer.example.com,Azərbaycan,Leyla Məmmədova,Direktor,Leyla@xezer.example.com,GOLD,2026-01-01,2026-12-31',
      ),
    );
    expect(done.status).toBe('completed');
    expect(countsOf(done)).toEqual([1, 0, 0, 0, 0]);
    expect(await organizations()).toMatchObject([
      { name: 'Xəzər Körpüsü MMC', kind: 'company', country: 'AZ', website: 'https://xezer.example.com' },
    ]);
    expect(await people()).toMatchObject([{ fullName: 'Leyla Məmmədova', email: 'leyla@xezer.example.com' }]);
    const [row] = await context.rows(done.id);
    expect(row).toMatchObject({
      verdict: 'create',
      organizationId: expect.any(String),
      membershipId: expect.any(String),
    });
    expect(await context.database.query('SELECT title, preferred, person_id FROM positions')).toEqual([
      { title: 'Direktor', preferred: true, person_id: row?.personId },
    ]);
    expect(
      await context.database.query('SELECT starts_on::text, ends_on::text, joined_on::text FROM memberships'),
    ).toEqual([{ starts_on: '2026-01-01', ends_on: '2026-12-31', joined_on: '2026-01-01' }]);
  });

  it('writes the same keys as somebody typing it in, so that search and matching find both', async () => {
    await context.import(
      csv(
        'organization,legalName,website,contactName',
        '“Şən Çay” MMC,Şən Çay Dəm,https://www.shen.example.com,Çingiz İ. Əliyev',
      ),
    );
    await context.get(OrganizationsService).create({
      name: '“Şən Çay” MMC',
      legalName: 'Şən Çay Dəm',
      website: 'https://www.shen.example.com',
      kind: 'company',
    });
    await context.get(PeopleService).create({ fullName: 'Çingiz İ. Əliyev' });
    const keys = 'search_key, alias_key, match_key';
    expect(await context.database.query(`SELECT DISTINCT ${keys}, domain FROM organizations`)).toHaveLength(1);
    expect(await context.database.query(`SELECT DISTINCT ${keys} FROM people`)).toHaveLength(1);
    expect(
      await context.database.query(`SELECT DISTINCT search_key, alias_key FROM records WHERE type = 'organization'`),
    ).toHaveLength(1);
  });

  it('adds a person, not an organization, for the second row of one organization, whatever script it is written in', async () => {
    const done = await context.import(
      csv(
        ALL,
        'Xəzər Körpüsü MMC,,AZ,Leyla Məmmədova,,,,,',
        '"ООО «Хазар Корпусу»",,AZ,Elnur Aliyev,,,,,',
        'Khazar Korpusu LLC,,AZ,Ilham Aliyev,,,,,',
      ),
    );
    expect(countsOf(done)).toEqual([3, 0, 0, 0, 0]);
    expect(await organizations()).toMatchObject([{ name: 'Xəzər Körpüsü MMC' }]);
    expect((await people()).map((person) => person.fullName)).toEqual([
      'Elnur Aliyev',
      'Ilham Aliyev',
      'Leyla Məmmədova',
    ]);
  });

  it('finds an organization by the domain of its website before its name, and keeps its former name when it is renamed', async () => {
    await context.import(csv(ALL, 'Old Name LLC,https://www.bridge.example.com/en,US,,,,,,'));
    const done = await context.import(csv(ALL, 'New Name LLC,bridge.example.com,US,,,,,,'));
    expect(countsOf(done)).toEqual([0, 1, 0, 0, 0]);
    expect(await organizations()).toMatchObject([{ name: 'New Name LLC', aliases: ['Old Name LLC'] }]);
    const again = await context.import(csv(ALL, 'Old Name LLC,,US,,,,,,'));
    expect(countsOf(again)).toEqual([0, 0, 1, 0, 0]);
  });

  it('does not take organizations on a shared host for one', async () => {
    await context.import(
      csv(ALL, 'One,https://facebook.com/one,AZ,,,,,,', 'Two,https://www.facebook.com/two,AZ,,,,,,'),
    );
    expect(await organizations()).toHaveLength(2);
  });

  it('tells organizations of one name in two countries apart, and refuses to guess between them', async () => {
    const done = await context.import(csv(ALL, 'Bridge,,AZ,,,,,,', 'Bridge,,TR,,,,,,', 'Bridge,,,,,,,,'));
    expect(await verdicts(done.id)).toEqual(['create', 'create', 'error']);
    const [, , row] = await context.rows(done.id);
    expect(row?.problems).toMatchObject([{ column: 'organization', code: 'ambiguous_organization' }]);
    expect(row?.problems[0]?.candidates?.map((candidate) => candidate.title)).toEqual(['Bridge (AZ)', 'Bridge (TR)']);
  });

  it('refuses a row whose website says one organization and whose name says another', async () => {
    await context.import(csv(ALL, 'One,one.example.com,AZ,,,,,,', 'Two,two.example.com,AZ,,,,,,'));
    const done = await context.import(csv(ALL, 'Two,one.example.com,AZ,,,,,,'));
    expect(await codes(done.id)).toEqual([['ambiguous_organization']]);
  });

  it('finds an organization by another name it has', async () => {
    await context
      .get(OrganizationsService)
      .create({ name: 'State Oil Company', kind: 'state_owned_enterprise', aliases: ['SOCAR'] });
    const done = await context.import(csv(ALL, 'Socar,,AZ,Rövşən Nəcəf,President,,,,'));
    expect(await organizations()).toMatchObject([
      { name: 'State Oil Company', kind: 'state_owned_enterprise', country: 'AZ' },
    ]);
    expect(await verdicts(done.id)).toEqual(['create']);
  });

  it('finds a person by address, then by name among the people of the organization', async () => {
    await context.import(csv(ALL, 'Bridge,,AZ,Elnur Əliyev,Director,elnur@bridge.example.com,,,'));
    const done = await context.import(
      csv(
        ALL,
        'Bridge,,AZ,Алиев Эльнур,Director,,,,',
        'Harbour,,AZ,Elnur Aliyev,Adviser,ELNUR@bridge.example.com,,,',
        'Harbour Two,,AZ,Elnur Aliyev,,,,,',
      ),
    );
    const [first, second, third] = await context.rows(done.id);
    expect(second?.personId).toBe(first?.personId);
    expect(third?.personId).not.toBe(first?.personId);
    expect(await people()).toHaveLength(2);
  });

  it('never takes people of one surname, or of one address, for one person', async () => {
    const done = await context.import(
      csv(
        ALL,
        'Bridge,,AZ,Elnur Aliyev,,info@bridge.example.com,,,',
        'Bridge,,AZ,Ilham Aliyev,,,,,',
        'Bridge,,AZ,Elnur Mammadov,,info@bridge.example.com,,,',
      ),
    );
    expect(await codes(done.id)).toEqual([[], [], ['email_of_another_person']]);
    expect((await people()).map((person) => person.fullName)).toEqual(['Elnur Aliyev', 'Ilham Aliyev']);
  });

  it('refuses to guess between two people of one name in one organization', async () => {
    const seed = await context.import(csv(ALL, 'Bridge,,AZ,Elnur Aliyev,Director,,,,'));
    const [row] = await context.rows(seed.id);
    const twin = await context.get(PeopleService).create({ fullName: 'Aliyev Elnur' });
    await context.get(PositionsService).create(twin.id, { organizationId: row?.organizationId, title: 'Driver' });
    const done = await context.import(csv(ALL, 'Bridge,,AZ,Elnur Aliyev,Chairman,,,,'));
    expect(await codes(done.id)).toEqual([['ambiguous_person']]);
  });

  it('keeps the former address beside a new one', async () => {
    await context.import(csv(ALL, 'Bridge,,AZ,Elnur Aliyev,,old@bridge.example.com,,,'));
    await context.import(csv(ALL, 'Bridge,,AZ,Elnur Aliyev,,new@bridge.example.com,,,'));
    expect(await people()).toMatchObject([
      { email: 'new@bridge.example.com', otherEmails: ['old@bridge.example.com'] },
    ]);
    const again = await context.import(csv(ALL, 'Bridge,,AZ,Elnur Aliyev,,old@bridge.example.com,,,'));
    expect(countsOf(again)).toEqual([0, 0, 1, 0, 0]);
  });

  it('changes a title of its own, and lets a title with a source stand beside the file', async () => {
    const seed = await context.import(csv(ALL, 'Bridge,,AZ,Elnur Aliyev,Director,,,,'));
    await context.import(csv(ALL, 'Bridge,,AZ,Elnur Aliyev,Chairman,,,,'));
    expect(await context.database.query('SELECT title FROM positions')).toEqual([{ title: 'Chairman' }]);
    await context.database.query(`UPDATE positions SET source = 'press'`);
    await context.import(csv(ALL, 'Bridge,,AZ,Elnur Aliyev,President,,,,'));
    expect(await context.database.query('SELECT title, preferred FROM positions ORDER BY title')).toEqual([
      { title: 'Chairman', preferred: true },
      { title: 'President', preferred: false },
    ]);
    expect(seed.created).toBe(1);
  });

  it('changes the membership that begins on the day, adds one that follows, and refuses one that overlaps', async () => {
    await context.import(csv(ALL, 'Bridge,,AZ,,,,gold,2025-01-01,2025-12-31'));
    const done = await context.import(
      csv(
        ALL,
        'Bridge,,AZ,,,,silver,2025-01-01,2025-12-31',
        'Bridge,,AZ,,,,gold,2026-01-01,2026-12-31',
        'Bridge,,AZ,,,,gold,2026-06-01,2027-05-31',
      ),
    );
    expect(await verdicts(done.id)).toEqual(['update', 'create', 'error']);
    expect(await codes(done.id)).toEqual([[], [], ['membership_overlap']]);
    expect(
      await context.database.query(
        'SELECT code, joined_on::text FROM memberships m JOIN membership_tiers t ON t.id = tier_id ORDER BY starts_on',
      ),
    ).toEqual([
      { code: 'silver', joined_on: '2025-01-01' },
      { code: 'gold', joined_on: '2025-01-01' },
    ]);
  });

  it('never brings a cancelled membership back', async () => {
    await context.import(csv(ALL, 'Bridge,,AZ,,,,gold,2025-01-01,2025-12-31'));
    await context.database.query(`UPDATE memberships SET cancelled_on = '2025-06-01'`);
    const done = await context.import(csv(ALL, 'Bridge,,AZ,,,,gold,2025-01-01,2025-12-31'));
    expect(await codes(done.id)).toEqual([['membership_cancelled']]);
  });

  it('lets the first row of a file count where a later one contradicts it, says so, and stays the same when it comes again', async () => {
    const file = csv(
      'organization,kind,country,website',
      'Bridge,,AZ,',
      'Bridge,bank,,bridge.example.com',
      'Bridge,company,AZ,other.example.com',
    );
    const done = await context.import(file);
    expect(await verdicts(done.id)).toEqual(['create', 'update', 'unchanged']);
    expect(await codes(done.id)).toEqual([[], [], ['differs_within_file', 'differs_within_file']]);
    expect(await organizations()).toMatchObject([
      { kind: 'bank', country: 'AZ', website: 'https://bridge.example.com' },
    ]);
    expect(countsOf(await context.import(file))).toEqual([0, 0, 3, 0, 0]);
  });

  it('never clears anything with an empty cell', async () => {
    await context.import(csv('organization,kind,country,tags', 'Bridge,bank,AZ,one; two'));
    expect(countsOf(await context.import(csv('organization,kind,country,tags', 'Bridge,,,')))).toEqual([0, 0, 1, 0, 0]);
    expect(await organizations()).toMatchObject([{ kind: 'bank', country: 'AZ', tags: ['one', 'two'] }]);
  });

  describe('in each mode', () => {
    const known = 'Bridge,bridge.example.com,,Elnur Aliyev,Director,,gold,2026-01-01,2026-12-31';
    const changed =
      'Bridge,bridge.example.com,AZ,Elnur Aliyev,Chairman,elnur@bridge.example.com,silver,2026-01-01,2026-12-31';
    const unknown = 'Harbour,,AZ,Ilham Aliyev,,,gold,2026-01-01,2026-12-31';
    const both = csv(ALL, changed, unknown);

    beforeEach(() => context.import(csv(ALL, known)));

    const stored = async () => ({
      organizations: (await organizations()).map(({ name, country }) => [name, country]),
      titles: (await context.database.query<{ title: string }>('SELECT title FROM positions ORDER BY title')).map(
        ({ title }) => title,
      ),
      emails: (await people()).map(({ email }) => email),
      tiers: (
        await context.database.query<{ code: string }>(
          'SELECT t.code FROM memberships m JOIN membership_tiers t ON t.id = m.tier_id ORDER BY 1',
        )
      ).map(({ code }) => code),
    });

    it('upsert creates and updates', async () => {
      const done = await context.import(both, { mode: 'upsert' });
      expect(await verdicts(done.id)).toEqual(['update', 'create']);
      expect(await stored()).toEqual({
        organizations: [
          ['Bridge', 'AZ'],
          ['Harbour', 'AZ'],
        ],
        titles: ['Chairman', 'Contact'],
        emails: ['elnur@bridge.example.com', null],
        tiers: ['gold', 'silver'],
      });
    });

    it('create creates and never updates, and says why it skips', async () => {
      const done = await context.import(both, { mode: 'create' });
      expect(await verdicts(done.id)).toEqual(['skip', 'create']);
      expect((await codes(done.id))[0]).toEqual(['already_there']);
      expect(await stored()).toEqual({
        organizations: [
          ['Bridge', null],
          ['Harbour', 'AZ'],
        ],
        titles: ['Contact', 'Director'],
        emails: [null, null],
        tiers: ['gold', 'gold'],
      });
    });

    it('update updates and never creates, and says why it skips', async () => {
      const done = await context.import(both, { mode: 'update' });
      expect(await verdicts(done.id)).toEqual(['update', 'skip']);
      expect((await codes(done.id))[1]).toEqual(['organization_not_found']);
      expect(await stored()).toEqual({
        organizations: [['Bridge', 'AZ']],
        titles: ['Chairman'],
        emails: ['elnur@bridge.example.com'],
        tiers: ['silver'],
      });
    });

    it('fill fills what is empty and touches nothing else', async () => {
      const done = await context.import(both, { mode: 'fill' });
      expect(await verdicts(done.id)).toEqual(['update', 'skip']);
      expect(await stored()).toEqual({
        organizations: [['Bridge', 'AZ']],
        titles: ['Director'],
        emails: ['elnur@bridge.example.com'],
        tiers: ['gold'],
      });
    });
  });

  it('knows across batches what earlier rows of the file said', async () => {
    const rows = Array.from(
      { length: 2_500 },
      (_, i) =>
        `Company ${i % 700},,AZ,Person ${String.fromCharCode(65 + (i % 26))} Number${i},Director,p${i}@c${i % 700}.example.com,gold,2026-01-01,2026-12-31`,
    );
    const done = await context.import(csv(ALL, ...rows));
    expect(countsOf(done)).toEqual([2_500, 0, 0, 0, 0]);
    expect(await context.count('organizations')).toBe(700);
    expect(await context.count('memberships')).toBe(700);
    expect(await context.count('people')).toBe(2_500);
    const again = await context.import(csv(ALL, ...rows));
    expect(countsOf(again)).toEqual([0, 0, 2_500, 0, 0]);
    const contrary = rows.map((row, i) => (i < 700 ? row : row.replace('gold', 'silver')));
    expect(countsOf(await context.import(csv(ALL, ...contrary)))).toEqual([0, 0, 2_500, 0, 0]);
  });
});
