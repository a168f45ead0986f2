import { Test, type TestingModule } from '@nestjs/testing';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { v7 } from 'uuid';
import { AuditModule } from '#audit';
import { BookingsService, CalendarModule, DoubleBooked, TravelTimesService } from '#calendar';
import { Database, DatabaseModule } from '#database';
import { RecordsModule } from '#records';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** What the calendar should do, in plain code: no SQL, and minutes instead of instants. */
interface Held {
  about: number;
  resource: number;
  from: number;
  to: number;
  place: string | null;
  firm: boolean;
  reason: string | null;
}

interface Asked {
  about: number;
  from: number;
  to: number;
  place: string | null;
  resources: number[];
}

type Way = (a: string, b: string) => number;

const ROOM = 3;
const PLACES = [null, 'Alpha', 'Beta', 'Beta Tower', 'Gamma'];
const START = Date.UTC(2026, 2, 10);

const RULES: { rows: object[]; way: Way }[] = [
  { rows: [], way: () => 0 },
  { rows: [{ duration: 'PT30M' }], way: () => 30 },
  {
    rows: [
      { duration: 'PT30M' },
      { fromPlace: 'beta', toPlace: 'ALPHA', duration: 'PT1H' },
      { fromPlace: 'Gamma', duration: 'PT0S' },
    ],
    way: (a, b) => (a === 'Gamma' || b === 'Gamma' ? 0 : 60),
  },
  { rows: [{ duration: 'PT30M' }, { toPlace: 'Beta', duration: 'PT2H', enabled: false }], way: () => 30 },
  {
    rows: [
      { toPlace: 'Alpha', duration: 'PT1H' },
      { fromPlace: 'Gamma', duration: 'PT30M' },
    ],
    way: (a, b) => (a === 'Alpha' || b === 'Alpha' ? 60 : 30),
  },
];

class Model {
  held: Held[] = [];
  way: Way = () => 0;

  /** Nothing, `overlap`, or the minutes of the way that there is no time for. */
  clash(a: Held, b: Held): string | undefined {
    if (a.resource !== b.resource) return undefined;
    const gap = Math.max(b.from - a.to, a.from - b.to);
    if (gap < 0) return 'overlap';
    if (a.resource === ROOM || !a.place || !b.place || a.place.split(' ')[0] === b.place.split(' ')[0])
      return undefined;
    const minutes = this.way(a.place, b.place);
    return gap < minutes ? `travel ${minutes}` : undefined;
  }

  book(asked: Asked[], override?: string): string[] {
    const before = (row: Held) => this.held.find((old) => old.about === row.about && old.resource === row.resource);
    const stays = (row: Held): number => {
      const old = before(row);
      if (!old?.firm || old.from > row.from || row.to > old.to) return 2;
      return old.place === row.place ? 0 : 1;
    };
    const others = this.held.filter(({ about }) => asked.every((one) => one.about !== about));
    const wanted = asked.flatMap(({ resources, ...one }) =>
      resources.map((resource): Held => ({ ...one, resource, firm: true, reason: null })),
    );
    const conflicts: string[] = [];
    const placed: Held[] = [];
    for (const row of wanted.toSorted((a, b) => stays(a) - stays(b))) {
      const old = before(row);
      for (const other of [...others, ...placed]) {
        const clash = this.clash(row, other);
        if (!clash || (clash === 'overlap' ? !other.firm && stays(row) < 2 : stays(row) === 0)) continue;
        const same = old?.from === row.from && old.to === row.to && (clash === 'overlap' || old.place === row.place);
        const earlier = same ? old.reason : null;
        const reason = row.resource === ROOM ? null : (earlier ?? override ?? null);
        if (reason === null) conflicts.push(`${row.resource} ${clash}: ${span(row)} and ${other.about} ${span(other)}`);
        Object.assign(row, { firm: false, reason: earlier === null ? reason : (row.reason ?? reason) });
      }
      placed.push(row);
    }
    if (conflicts.length === 0) this.replace(others, wanted);
    return [...new Set(conflicts)].sort();
  }

  /** What a subject holds, to be booked once more. */
  again({ about, place, more }: { about: number; place?: string | null; more: readonly number[] }): Asked[] {
    const rows = this.held.filter((row) => row.about === about);
    const resources = [...new Set([...rows.map(({ resource }) => resource), ...more])];
    return rows
      .slice(0, 1)
      .map(({ from, to, place: old }) => ({ about, from, to, resources, place: place === undefined ? old : place }));
  }

  release(abouts: number[]): void {
    this.replace(
      this.held.filter(({ about }) => !abouts.includes(about)),
      [],
    );
  }

  private replace(others: Held[], wanted: Held[]): void {
    const freed = new Set(this.held.filter((row) => !others.includes(row)).map(({ resource }) => resource));
    const staying = wanted.map(words);
    const stayed = this.held.filter((row) => others.includes(row) || staying.includes(words(row)));
    const known = stayed.map(words);
    this.held = [...stayed, ...wanted.filter((row) => !known.includes(words(row)))];
    const free = this.held.filter((row, n) => {
      const against = this.held.filter((other, m) => m !== n && (other.firm || m < n) && this.clash(row, other));
      return !row.firm && freed.has(row.resource) && against.length === 0;
    });
    for (const row of free) Object.assign(row, { firm: true, reason: null });
  }

  /** All that is held, in words. */
  state(): string[] {
    return this.held.map((row) => words(row)).sort();
  }
}

const span = ({ from, to, place }: Omit<Asked, 'about' | 'resources'>): string =>
  `${from}-${to} at ${place ?? 'somewhere'}`;

const words = ({ about, resource, from, to, place, firm, reason }: Held): string =>
  `${about} holds ${resource} ${span({ from, to, place })}, ${firm ? 'firm' : reason}`;

const place = fc.constantFrom(...PLACES);
const people = fc.uniqueArray(fc.constantFrom(0, 0, 1, 2, ROOM), { minLength: 1, maxLength: 3 });
const asked = fc
  .record({ about: fc.nat(5), slot: fc.nat(5), long: fc.constantFrom(30, 60), place, resources: people })
  .map(({ slot, long, ...one }): Asked => ({ ...one, from: slot * 30, to: slot * 30 + long }));
const reason = fc.option(fc.constantFrom('Agreed by phone', 'Leaves early'), { nil: undefined });

/** Booked anew as it is, or at another place, or with somebody more. */
const again = fc.record({
  about: fc.nat(5),
  place: fc.option(place, { nil: undefined }),
  more: fc.constantFrom([], [0], [1]),
});
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      book: fc.uniqueArray(asked, { minLength: 1, maxLength: 3, selector: ({ about }) => about }),
      reason,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      again: fc.uniqueArray(again, { minLength: 1, maxLength: 3, selector: ({ about }) => about }),
      reason,
    }),
  },
  { weight: 1, arbitrary: fc.record({ release: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ rules: fc.nat(RULES.length - 1) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

describe('the calendar, whatever is asked of it in whatever order', () => {
  let testDatabase: TestDatabase;
  let module: TestingModule;
  let database: Database;
  const [resources, abouts] = [[0, 1, 2, 3].map(() => v7()), Array.from({ length: 6 }, () => v7())];
  const outcomes: string[] = [];

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    module = await Test.createTestingModule({
      imports: [DatabaseModule.forRoot(testDatabase.url, 5), AuditModule, RecordsModule, CalendarModule],
    }).compile();
    await module.init();
    database = module.get(Database);
    const record =
      'INSERT INTO records (id, type, title, search_key) SELECT id, $2, $2, $2 FROM unnest($1::uuid[]) AS id';
    await database.query(record, [resources.slice(0, ROOM), 'person']);
    await database.query(record, [resources.slice(ROOM), 'room']);
    await database.query(record, [abouts, 'side_meeting']);
  });

  afterAll(async () => {
    await module?.close();
    await testDatabase?.drop();
  });

  it('answers with the conflicts that plain code finds, and never holds anybody firmly twice', async () => {
    const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
    process.stdout.write(`fast-check seed: ${seed}\n`);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
        await database.query('DELETE FROM bookings');
        await follow(RULES[0]?.rows ?? []);
        const model = new Model();
        for (const each of steps) await take(model, each);
      }),
      { seed, numRuns: 20 },
    );
    expect(outcomes).toEqual(expect.arrayContaining(['booked', 'refused']));
  }, 120_000);

  async function take(model: Model, step: Step): Promise<void> {
    if ('rules' in step) {
      model.way = RULES[step.rules]?.way ?? model.way;
      return follow(RULES[step.rules]?.rows ?? []);
    }
    if ('release' in step) {
      model.release(step.release);
      await module.get(BookingsService).release(...step.release.map((n) => abouts[n] ?? ''));
    } else {
      const book = 'book' in step ? step.book : step.again.flatMap((one) => model.again(one));
      const found = await conflicts(book, step.reason);
      expect(found).toEqual(model.book(book, step.reason));
      outcomes.push(found.length > 0 ? 'refused' : 'booked');
    }
    expect(await state()).toEqual(model.state());
    expect(await database.query(TWICE)).toEqual([]);
  }

  async function follow(rows: object[]): Promise<void> {
    await database.query('DELETE FROM travel_times');
    for (const row of rows) await module.get(TravelTimesService).create(row);
  }

  async function conflicts(book: Asked[], reason?: string): Promise<string[]> {
    const subjects = book.map(({ about, from, to, place, resources: wanted }) => ({
      aboutId: abouts[about] ?? '',
      span: { startsAt: instant(from), endsAt: instant(to), place },
      resources: wanted.map((n) => ({
        id: resources[n] ?? '',
        kind: n === ROOM ? ('room' as const) : ('person' as const),
      })),
    }));
    try {
      await module.get(BookingsService).bookAll(subjects, reason === undefined ? undefined : { reason });
      return [];
    } catch (error) {
      if (!(error instanceof DoubleBooked)) throw error;
      return error.conflicts.map(told).sort();
    }
  }

  function told({ resource, code, travelTime, wanted, about, ...other }: DoubleBooked['conflicts'][number]): string {
    const clash = code === 'travel' ? `travel ${Temporal.Duration.from(travelTime ?? '').total('minutes')}` : code;
    const [asked, held] = [wanted, other].map(({ startsAt, endsAt, place }) =>
      span({ from: minutes(startsAt), to: minutes(endsAt), place }),
    );
    return `${resources.indexOf(resource.id)} ${clash}: ${asked} and ${abouts.indexOf('id' in about ? about.id : '')} ${held}`;
  }

  async function state(): Promise<string[]> {
    const rows = await database.query<Held & { about_id: string; resource_id: string }>(STATE, [new Date(START)]);
    return rows
      .map((row) =>
        words({ ...row, about: abouts.indexOf(row.about_id), resource: resources.indexOf(row.resource_id) }),
      )
      .sort();
  }
});

const instant = (minutes: number): Date => new Date(START + minutes * 60_000);
const minutes = (text: string): number => (Date.parse(text) - START) / 60_000;

const STATE = `
  SELECT about_id, resource_id, extract(epoch FROM lower(during) - $1)::int / 60 AS "from",
    extract(epoch FROM upper(during) - $1)::int / 60 AS "to", place, firm, override_reason AS reason FROM bookings`;

const TWICE = `
  SELECT FROM bookings a JOIN bookings b ON a.resource_id = b.resource_id AND a.id < b.id AND a.during && b.during
  WHERE a.firm AND b.firm`;
