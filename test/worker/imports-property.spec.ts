import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { countsOf, ImportsContext } from '../support/imports-context.js';

const HEADER = [
  'organization',
  'website',
  'country',
  'kind',
  'tags',
  'contactName',
  'title',
  'email',
  'tier',
  'startsOn',
  'endsOn',
];
const pick = (...values: string[]) => fc.constantFrom(...values);

/** Few names, so that rows meet one another; spellings, contradictions and nonsense among them. */
const row = fc.tuple(
  pick('Bridge', 'BRIDGE LLC', 'Бридж', 'Harbour', 'Xəzər Körpüsü', 'Khazar Korpusu MMC', ''),
  pick('', '', 'bridge.example.com', 'https://www.bridge.example.com/az', 'harbour.example.com', 'nonsense'),
  pick('', 'AZ', 'Azərbaycan', 'TR', 'Atlantis'),
  pick('', '', 'bank', 'company'),
  pick('', 'one; two', 'two, one', 'three'),
  pick('', 'Elnur Əliyev', 'Aliyev Elnur', 'Ilham Aliyev', 'Алиев Эльнур', 'Elnur Mammadov'),
  pick('', 'Director', 'director', 'Chairman'),
  pick('', '', 'e@example.com', 'E@example.com; f@example.com', 'f@example.com', 'i@example.com', 'a@@b'),
  pick('', '', 'gold', 'silver member', 'diamond'),
  pick('', '2026-01-01', '2026-06-01', '03/04/2026'),
  pick('', '2026-12-31', '2027-05-31'),
);
const mode = fc.constantFrom('upsert' as const, 'create' as const, 'update' as const, 'fill' as const);
const files = fc.array(fc.record({ rows: fc.array(row, { minLength: 1, maxLength: 12 }), mode }), {
  minLength: 1,
  maxLength: 3,
});

describe('any members list', () => {
  let context: ImportsContext;
  beforeAll(async () => (context = await ImportsContext.start()));
  afterAll(() => context?.close());

  const wipe = async (): Promise<void> => {
    for (const table of ['memberships', 'positions', 'people', 'organizations'])
      await context.database.query(`DELETE FROM ${table}`);
  };

  it('comes to what was forecast, adds up, and changes nothing when it comes again', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (imports) => {
        await wipe();
        for (const { rows, mode: how } of imports) {
          const csv = stringify([HEADER, ...rows], { quoted: true });
          const total = rows.filter((cells) => cells.some((cell) => cell !== '')).length;
          if (total === 0) continue;
          const ready = await context.analyze(csv, { mode: how });
          const done = await context.commit(ready.id);
          expect(done.status).toBe('completed');
          expect(countsOf(done)).toEqual(countsOf(ready));
          expect(countsOf(done).reduce((sum, count) => sum + count)).toBe(total);
          const again = await context.import(csv, { mode: how });
          // A file can make two people of one name colleagues; a row that names neither's address is ambiguous from then on.
          if (again.failed === done.failed) expect([again.created, again.updated]).toEqual([0, 0]);
        }
      }),
      { numRuns: 60 },
    );
  }, 240_000);
});
