import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { inScope, listRequest, SYSTEM } from '#database';
import { errorsCsv, unguardCell } from '#imports';
import { DirectoryExports } from '#member-lists';
import { MembershipsService, OrganizationsService, PeopleService, PositionsService } from '#members';
import { countsOf, ImportsContext } from '../support/imports-context.js';

const SEED = Number(process.env['FC_SEED'] ?? Date.now() % 1_000_000);

/** What a spreadsheet would take for the beginning of a formula, after what it does not see. */
const FORMULA = /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r]/u;

/** The three files of a directory. */
interface Files {
  organizations: string;
  people: string;
  memberships: string;
}
const KINDS = ['organizations', 'people', 'memberships'] as const;

const exported = async (context: ImportsContext): Promise<Files> => {
  const reader = context.get(DirectoryExports);
  const [organizations, people, memberships] = await Promise.all(
    KINDS.map(async (kind) => String(await buffer(await reader[kind](listRequest())))),
  );
  return { organizations, people, memberships } as Files;
};

const cellsOf = (csv: string): string[][] => parse(csv, { bom: true, record_delimiter: '\r\n' });

/** As a spreadsheet would save what it shows: other quotes and line ends, every cell the text it had. */
const resaved = (csv: string): string => stringify(cellsOf(csv), { quoted: true, bom: false });

const wipe = (context: ImportsContext): Promise<unknown> =>
  context.database.query(
    'TRUNCATE organizations, people, positions, memberships, membership_renewals, import_rows, import_verdicts, imports, records CASCADE',
  );

describe('the exports of a directory', () => {
  let context: ImportsContext;
  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());
  beforeEach(() => wipe(context));

  const bringBack = async (files: Files) => {
    const counts: number[][] = [];
    for (const kind of KINDS) {
      const done = await context.import(files[kind]);
      counts.push(countsOf(done));
      if (done.failed > 0) throw new Error(JSON.stringify(await context.rows(done.id)));
    }
    return counts;
  };

  /** Everything the API lets people enter, odd texts among it; `loose` adds spaces and line ends that an import tidies up. */
  const enter = async (loose = true) => {
    const organizations = context.get(OrganizationsService);
    const people = context.get(PeopleService);
    const ministry = await organizations.create({
      name: '=HYPERLINK("http://evil.example.com";"İqtisadiyyat")',
      kind: 'ministry',
      aliases: ['-1+2', 'Smith; Sons, Ltd', '"Quoted" name', "'=apostrophe"],
      tags: ['@vip', '007', 'ə'],
      notes: loose ? '  - first line\r\n=second line\n\n"third; line" 🎉' : '- first line\n=second "line" 🎉',
    });
    const agency = await organizations.create({
      name: "'s-Hertogenbosch Agency",
      legalName: '＋Full-width; with "quotes"',
      kind: 'government_agency',
      country: 'AZ',
      website: 'https://agency.example.com/az',
      parentId: ministry.id,
      sectors: ['energy', 'transport'],
    });
    // Two of one name are two, here and wherever the file goes.
    await organizations.create({ name: 'Twin', kind: 'company', country: 'TR' });
    await organizations.create({ name: 'Twin', kind: 'bank', country: 'TR', parentId: agency.id });
    const leyla = await people.create({
      fullName: loose ? 'Leyla  Məmmədova' : 'Leyla Məmmədova',
      honorific: 'Dr.',
      nativeName: 'Лейла Мамедова',
      givenName: 'Leyla',
      familyName: 'Məmmədova',
      aliases: ['ليلى', '\u200f-לילה'],
      email: 'leyla@example.com',
      otherEmails: ['+tag@example.com', 'l.m@example.com'],
      phone: '+994 12 497 0000',
      country: 'AZ',
      locale: 'az',
      timeZone: 'Asia/Baku',
      notes: loose ? '\t=1+1' : '＝1+1',
    });
    const twins = [
      await people.create({ fullName: 'Elnur Aliyev', otherEmails: ['shared@example.com'] }),
      await people.create({ fullName: 'Elnur Aliyev', email: 'shared@example.com', phone: '0012' }),
      await people.create({ fullName: 'Elnur Aliyev' }),
    ];
    const positions = context.get(PositionsService);
    const add = (personId: string, input: Parameters<PositionsService['create']>[1]) =>
      positions.create(personId, input);
    await add(leyla.id, {
      organizationId: agency.id,
      title: 'Director',
      startedOn: '2010-01-01',
      endedOn: '2012-12-31',
    });
    await add(leyla.id, { organizationId: agency.id, title: 'Director', startedOn: '2020-01-01', preferred: true });
    await add(leyla.id, { organizationId: agency.id, title: 'Chief', source: '=press' });
    await add(leyla.id, { organizationId: ministry.id, title: 'Adviser', preferred: false });
    await add(leyla.id, { title: 'Head of the delegation' });
    await add(twins[0]?.id ?? '', { organizationId: agency.id, title: 'Driver' });
    await add(twins[1]?.id ?? '', { organizationId: agency.id, title: 'Driver' });
    const memberships = context.get(MembershipsService);
    const first = await memberships.create({
      ...{ organizationId: agency.id, tierCode: 'gold', joinedOn: '2001-05-05' },
      ...{ startsOn: '2025-01-01', endsOn: '2025-12-31' },
    });
    await inScope({ actor: SYSTEM }, () => memberships.cancel(first.id, '-moved; "away"'));
    await memberships.create({
      organizationId: agency.id,
      tierCode: 'silver',
      startsOn: '2025-01-01',
      endsOn: '2026-12-31',
    });
    await memberships.create({
      personId: leyla.id,
      tierCode: 'associate',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
    });
  };

  it('change nothing when they are imported again, not even after a spreadsheet has saved them', async () => {
    await enter();
    const files = await exported(context);
    const rows = (kind: (typeof KINDS)[number]) => cellsOf(files[kind]).length - 1;
    expect(await bringBack(files)).toEqual(KINDS.map((kind) => [0, 0, rows(kind), 0, 0]));
    const saved = Object.fromEntries(KINDS.map((kind) => [kind, resaved(files[kind])])) as unknown as Files;
    expect(await bringBack(saved)).toEqual(KINDS.map((kind) => [0, 0, rows(kind), 0, 0]));
    expect(await exported(context)).toEqual(files);
  });

  it('make the same directory where there is none, byte by byte', async () => {
    await enter(false);
    const files = await exported(context);
    await wipe(context);
    await bringBack(files);
    expect(await exported(context)).toEqual(files);
  });

  it('hold no cell that begins a formula, and all the texts as they are', async () => {
    await enter();
    for (const csv of Object.values(await exported(context))) {
      expect(csv.startsWith('\ufeff')).toBe(true);
      const cells = cellsOf(csv as string).flat();
      expect(cells.filter((cell) => FORMULA.test(cell))).toEqual([]);
      expect(cells.length).toBeGreaterThan(0);
    }
    const { people, organizations } = await exported(context);
    const all = [...cellsOf(people), ...cellsOf(organizations)].flat();
    expect(all).toEqual(
      expect.arrayContaining(["'+994 12 497 0000", '0012', "'s-Hertogenbosch Agency", '\'＋Full-width; with "quotes"']),
    );
    expect(all.map(unguardCell)).toEqual(expect.arrayContaining(['+994 12 497 0000', '=press']));
  });

  it('leave out what is archived, and what hangs on it', async () => {
    await enter();
    const row = await context.database.queryOne<{ id: string }>(
      `SELECT id FROM organizations WHERE website IS NOT NULL`,
    );
    await context.get(OrganizationsService).archive(row?.id ?? '');
    const files = await exported(context);
    expect(JSON.stringify(files)).not.toContain(row?.id ?? '?');
    expect((await bringBack(files)).every(([created, updated]) => created === 0 && updated === 0)).toBe(true);
  });
});

/** Rows of generated members lists: few names, so that they meet, and texts that spreadsheets and parsers trip over. */
const pick = (...values: string[]) => fc.constantFrom(...values);
const odd = fc.string({ unit: fc.constantFrom(...'=+-@;,"\'| aəЖ=＝🎉\n\t٣'), minLength: 1, maxLength: 12 });
const named = (...values: string[]) =>
  fc.oneof({ weight: 3, arbitrary: pick(...values) }, { weight: 1, arbitrary: odd.map((text) => `${text}N${text}`) });
const maybe = (cell: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), cell);
const IDS = Array.from({ length: 6 }, (_, i) => `01990000-0000-7000-8000-00000000000${i}`);
const id = (from: number) => maybe(pick(...IDS.slice(from, from + 2)));
const CELLS: Record<string, fc.Arbitrary<string>> = {
  organizationId: id(0),
  organization: named('Bridge', 'BRIDGE LLC', 'Бридж', 'Harbour', 'Xəzər Körpüsü', 'Twin'),
  legalName: maybe(odd),
  kind: maybe(pick('bank', 'company', 'ministry')),
  website: maybe(pick('bridge.example.com', 'https://www.harbour.example.com/az', 'nonsense')),
  country: maybe(pick('AZ', 'Türkiye', 'TR')),
  parent: maybe(pick('Group', 'Harbour', 'Bridge')),
  aliases: maybe(pick('Most', 'A; "B; C"', '=1', "'-x, y", 'Körpü')),
  tags: maybe(pick('vip', 'one; two', '@a; 007')),
  organizationNotes: maybe(odd),
  personId: id(2),
  contactName: maybe(named('Elnur Əliyev', 'Aliyev Elnur', 'Ilham Aliyev', 'Leyla Məmmədova')),
  nativeName: maybe(odd),
  contactAliases: maybe(pick('Э. Алиев', '-E', '"E; A"')),
  email: maybe(pick('e@example.com', '+e@example.com; f@example.com', 'l@example.com')),
  otherEmails: maybe(pick('g@example.com', 'h@example.com; +i@example.com')),
  phone: maybe(pick('+994 12 497 0000', '007 1234', '-1 2 3')),
  timeZone: maybe(pick('Asia/Baku')),
  contactNotes: maybe(fc.string({ unit: fc.constantFrom(...'=- \n"a;'), maxLength: 2_000 })),
  title: maybe(named('Director', 'director', 'Chairman')),
  titleSource: maybe(pick('=press', 'website')),
  titleStartedOn: maybe(pick('2020-01-01', '2021-06-01')),
  titleEndedOn: maybe(pick('2024-12-31')),
  titlePreferred: maybe(pick('yes', 'no')),
  membershipId: id(4),
  tier: maybe(pick('gold', 'silver')),
  startsOn: maybe(pick('2026-01-01', '2026-06-01')),
  endsOn: maybe(pick('2026-12-31', '2027-05-31')),
  cancelledOn: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constant('2026-02-01') }),
};
const generatedFile = fc.array(fc.tuple(...Object.values(CELLS)), { minLength: 1, maxLength: 6 });
/** Files that fill one directory. */
const FILES = 100;
const DIRECTORIES = 10;

describe('any directory', () => {
  let context: ImportsContext;
  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());

  it(`comes out and in again as it was, whatever files have filled it (seed ${SEED})`, async () => {
    let files = 0;
    const property = fc.asyncProperty(
      fc.array(generatedFile, { minLength: FILES, maxLength: FILES }),
      async (lists) => {
        await wipe(context);
        for (const rows of lists) {
          const done = await context.import(stringify([Object.keys(CELLS), ...rows]));
          expect(countsOf(done).reduce((sum, count) => sum + count)).toBe(rows.length);
          files++;
        }
        const before = await exported(context);
        for (const kind of KINDS) {
          if (cellsOf(before[kind]).length === 1) continue;
          const again = await context.import(before[kind]);
          expect({ kind, counts: countsOf(again), rows: await problemsOf(again.id) }).toEqual({
            ...{ kind, counts: [0, 0, cellsOf(before[kind]).length - 1, 0, 0], rows: [] },
          });
        }
        await wipe(context);
        for (const kind of KINDS) if (cellsOf(before[kind]).length > 1) await context.import(before[kind]);
        expect(await exported(context)).toEqual(before);
      },
    );
    await fc.assert(property, { seed: SEED, numRuns: DIRECTORIES, endOnFailure: true });
    expect(files).toBeGreaterThanOrEqual(1_000);
  }, 300_000);

  const problemsOf = async (importId: string) =>
    (await context.rows(importId)).flatMap(({ rowNumber, verdict, problems }) =>
      verdict === 'unchanged' && problems.length === 0 ? [] : [{ rowNumber, verdict, problems }],
    );
});

describe('errors.csv', () => {
  let context: ImportsContext;
  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());

  it('opens safely, and comes back as it was once the fault is mended', async () => {
    const header = ['organization', 'contactName', 'phone', 'tags', 'tier', 'startsOn', 'endsOn'];
    const rows = [
      ['=Bridge', "'-Elnur Aliyev", '+994 12 497 0000', '@a; "b; c"', 'diamond', '2026-01-01', '2026-12-31'],
      ["''=Two", '\u00a0@Leyla', "'+1 202 555 0100", '', 'diamond', '2026-01-01', '2026-12-31'],
    ];
    const failed = await context.analyze(stringify([header, ...rows]));
    expect(failed.failed).toBe(2);
    const csv = String(await buffer(await errorsCsv(context.reader, failed.id)));
    expect(
      cellsOf(csv)
        .flat()
        .filter((cell) => FORMULA.test(cell)),
    ).toEqual([]);
    const done = await context.import(csv.replaceAll('diamond', 'gold'));
    expect(countsOf(done)).toEqual([2, 0, 0, 0, 0]);
    expect(done.detected.unmapped).toEqual(['_row', '_problems']);
    expect(await context.database.query('SELECT name, tags FROM organizations ORDER BY name')).toEqual([
      { name: "'=Two", tags: [] },
      { name: '=Bridge', tags: ['@a', 'b; c'] },
    ]);
    expect(await context.database.query('SELECT full_name, phone FROM people ORDER BY phone')).toEqual([
      { full_name: '@Leyla', phone: '+1 202 555 0100' },
      { full_name: '-Elnur Aliyev', phone: '+994 12 497 0000' },
    ]);
    // What was mended and what came first say the same.
    const same = await context.import(stringify([header, ...rows]).replaceAll('diamond', 'gold'));
    expect(countsOf(same)).toEqual([0, 0, 2, 0, 0]);
  });
});
