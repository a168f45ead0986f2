import fc from 'fast-check';
import type { Database } from '#database';

/** Deals and what touched them, made at random, and who is to be credited with what by plain code that knows no SQL. */

const DAY = 86_400_000;
const BEGIN = Date.UTC(2026, 0, 1);

type Precision = 'exact' | 'day' | 'month';
interface Moment {
  /** Days after 1 January 2026. */
  day: number;
  precision: Precision;
}
interface Meeting extends Moment {
  abouts: string[];
  restricted: boolean;
  status: 'held' | 'scheduled' | 'cancelled';
  deal: number | null;
}
interface Agreement {
  relation: 'signed_at' | 'within' | 'discussed_in';
  about: string;
  signedOn: number | null;
}
interface Deal {
  cents: bigint | null;
  closed: Moment | null;
}
interface Touch {
  deal: number;
  record: string;
  effect: 'originated' | 'advanced' | 'closed' | 'mentioned';
  at: Moment | null;
  writtenOn: number;
}
export interface TouchedWorld {
  meetings: Meeting[];
  /** Meetings that promises are about. */
  commitments: number[];
  agreements: Agreement[];
  deals: Deal[];
  touches: Touch[];
}

/** Records go by short names: c0, c1 conferences, m0 a mission, s0, s1 sessions, then meetings k, promises p, agreements g, deals d. */
export const EVENTS = ['c0', 'c1', 'm0'];
const FIXED: Record<string, { type: string; at: Moment; of?: string }> = {
  c0: { type: 'conference', at: { day: 40, precision: 'exact' } },
  c1: { type: 'conference', at: { day: 70, precision: 'exact' } },
  m0: { type: 'trade_mission', at: { day: 38, precision: 'day' } },
  s0: { type: 'session', at: { day: 41, precision: 'exact' }, of: 'c0' },
  s1: { type: 'session', at: { day: 70, precision: 'exact' }, of: 'c1' },
};

export const idOf = (name: string): string =>
  `00000000-0000-7000-8${name.charCodeAt(0).toString(16).padStart(3, '0')}-${name.slice(1).padStart(12, '0')}`;

export const OWNER = '00000000-0000-7000-8fff-000000000001';

const day = fc.integer({ min: 30, max: 90 });
const moment = fc.record({ day, precision: fc.constantFrom<Precision>('exact', 'exact', 'day', 'month') });
const place = fc.constantFrom(...Object.keys(FIXED));
const DEALS = 4;
const deal = fc.integer({ min: 0, max: DEALS - 1 });
const MEETINGS = 6;
const meeting = fc.integer({ min: 0, max: MEETINGS - 1 });
const OTHERS = 3;
const record = fc.oneof(
  place,
  meeting.map((n) => `k${n}`),
  fc.integer({ min: 0, max: OTHERS - 1 }).chain((n) => fc.constantFrom(`p${n}`, `g${n}`)),
);

export const touchedWorld: fc.Arbitrary<TouchedWorld> = fc.record({
  meetings: fc.array(
    fc
      .record({
        ...{ day, precision: fc.constantFrom<Precision>('exact', 'exact', 'day', 'month') },
        abouts: fc.uniqueArray(place, { maxLength: 3 }),
        restricted: fc.boolean(),
        status: fc.constantFrom(
          'held' as const,
          'held' as const,
          'held' as const,
          'scheduled' as const,
          'cancelled' as const,
        ),
        deal: fc.option(deal),
      })
      .map((made) => (made.status === 'scheduled' ? { ...made, precision: 'exact' as const } : made)),
    { minLength: MEETINGS, maxLength: MEETINGS },
  ),
  commitments: fc.array(meeting, { minLength: OTHERS, maxLength: OTHERS }),
  agreements: fc.array(
    fc.record({
      relation: fc.constantFrom('signed_at' as const, 'within' as const, 'discussed_in' as const),
      about: fc.oneof(
        place,
        meeting.map((n) => `k${n}`),
      ),
      signedOn: fc.option(day),
    }),
    { minLength: OTHERS, maxLength: OTHERS },
  ),
  deals: fc.array(
    fc.record({
      cents: fc.option(fc.bigInt({ min: 0n, max: 10n ** 9n })),
      closed: fc.option(moment),
    }),
    { minLength: DEALS, maxLength: DEALS },
  ),
  touches: fc.uniqueArray(
    fc.record({
      ...{ deal, record, at: fc.option(moment), writtenOn: day },
      effect: fc.constantFrom('originated' as const, 'advanced' as const, 'closed' as const, 'mentioned' as const),
    }),
    { selector: (touch) => `${touch.deal} ${touch.record} ${touch.effect}`, maxLength: 24 },
  ),
});

/** The earliest and the latest moment it may have been. */
function span({ day: days, precision }: Moment): { earliest: number; latest: number } {
  const midnight = BEGIN + days * DAY;
  if (precision === 'exact') return { earliest: midnight + DAY / 2, latest: midnight + DAY / 2 };
  if (precision === 'day') return { earliest: midnight, latest: midnight + DAY - 1 };
  const date = new Date(midnight);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { earliest: Date.UTC(year, month), latest: Date.UTC(year, month + 1) - 1 };
}

const stored = (moment: Moment | null) =>
  moment && {
    at: new Date(span(moment).earliest).toISOString(),
    precision: moment.precision === 'exact' ? null : moment.precision,
  };

/** Events stay; everything else is made anew. */
export async function writeEvents(database: Database): Promise<void> {
  const at = (name: string): string =>
    new Date(span(FIXED[name]?.at ?? { day: 0, precision: 'day' }).earliest).toISOString();
  for (const name of ['c0', 'c1'])
    await database.query(
      `INSERT INTO conferences (id, name, status, starts_at, ends_at, time_zone, search_key)
       VALUES ($1, $2, 'completed', $3, $3::timestamptz + interval '2 days', 'UTC', 'forum')`,
      [idOf(name), name, at(name)],
    );
  await database.query(
    `INSERT INTO trade_missions (id, name, direction, status, origin_country, host_country, starts_on, ends_on, time_zone, search_key)
     VALUES ($1, 'm0', 'reverse', 'completed', 'AZ', 'US', $2::date, $2::date + 9, 'UTC', 'mission')`,
    [idOf('m0'), at('m0').slice(0, 10)],
  );
  for (const name of ['s0', 's1'])
    await database.query(
      `INSERT INTO conference_sessions (id, conference_id, title, kind, status, starts_at, ends_at, search_key)
       VALUES ($1, $2, $3, 'panel', 'scheduled', $4, $4::timestamptz + interval '1 hour', 'panel')`,
      [idOf(name), idOf(FIXED[name]?.of ?? ''), name, at(name)],
    );
}

export async function writeWorld(database: Database, world: TouchedWorld): Promise<void> {
  for (const table of ['touchpoints', 'agreements', 'commitments', 'side_meetings', 'deals'])
    await database.query(`DELETE FROM ${table}`);
  const insert = (sql: string, columns: string, rows: object[]) =>
    database.query(`${sql} FROM jsonb_to_recordset($1::jsonb) AS x (${columns})`, [JSON.stringify(rows)]);
  await insert(
    `INSERT INTO deals (id, title, kind, stage, stage_since, stage_precision, closed_on, amount, currency, search_key)
     SELECT id, name, 'study', CASE WHEN at IS NULL THEN 'lead' ELSE 'closed_won' END, coalesce(at, now()), precision, at::date, amount,
       CASE WHEN amount IS NOT NULL THEN 'USD' END, name`,
    'id uuid, name text, at timestamptz, precision text, amount numeric',
    world.deals.map(({ cents, closed }, n) => ({
      ...{ id: idOf(`d${n}`), name: `d${n}`, ...stored(closed) },
      amount: cents === null ? null : `${cents}e-2`,
    })),
  );
  await insert(
    `INSERT INTO side_meetings (id, title, kind, status, starts_at, ends_at, date_precision, time_zone, visibility, owner_ids, deal_id, search_key)
     SELECT id, name, 'call', status, at, CASE WHEN precision IS NULL THEN at + interval '30 min' END, precision, 'UTC',
       CASE WHEN restricted THEN 'restricted' ELSE 'internal' END, '{${OWNER}}', deal, name`,
    'id uuid, name text, status text, at timestamptz, precision text, restricted boolean, deal uuid',
    world.meetings.map((made, n) => ({
      ...{ id: idOf(`k${n}`), name: `k${n}`, status: made.status, restricted: made.restricted, ...stored(made) },
      deal: made.deal === null ? null : idOf(`d${made.deal}`),
    })),
  );
  await insert(
    'INSERT INTO side_meeting_abouts (meeting_id, record_id) SELECT id, about',
    'id uuid, about uuid',
    world.meetings.flatMap(({ abouts }, n) => abouts.map((about) => ({ id: idOf(`k${n}`), about: idOf(about) }))),
  );
  await insert(
    `INSERT INTO commitments (id, action, owed_by_organization_id, owed_to_organization_id, about_id, status, search_key)
     SELECT id, name, (SELECT id FROM organizations LIMIT 1), (SELECT id FROM organizations LIMIT 1), about, 'open', name`,
    'id uuid, name text, about uuid',
    world.commitments.map((about, n) => ({ id: idOf(`p${n}`), name: `p${n}`, about: idOf(`k${about}`) })),
  );
  await insert(
    `INSERT INTO agreements (id, title, kind, status, signed_from, signed_to, date_precision, initialed_precision, search_key)
     SELECT id, name, 'mou', 'signed', at, at, CASE WHEN at IS NULL THEN 'unknown' ELSE 'day' END, 'unknown', name`,
    'id uuid, name text, at date',
    world.agreements.map(({ signedOn }, n) => ({
      ...{ id: idOf(`g${n}`), name: `g${n}` },
      at: signedOn === null ? null : stored({ day: signedOn, precision: 'day' })?.at.slice(0, 10),
    })),
  );
  await insert(
    'INSERT INTO agreement_abouts (agreement_id, record_id, relation, position) SELECT id, about, relation, 1',
    'id uuid, about uuid, relation text',
    world.agreements.map(({ about, relation }, n) => ({ id: idOf(`g${n}`), about: idOf(about), relation })),
  );
  await insert(
    `INSERT INTO touchpoints (id, deal_id, about_id, effect, at, date_precision, created_at)
     SELECT gen_random_uuid(), deal, about, effect, at, precision, written`,
    'deal uuid, about uuid, effect text, at timestamptz, precision text, written timestamptz',
    world.touches.map(({ deal: of, record: about, effect, at, writtenOn }) => ({
      ...{ deal: idOf(`d${of}`), about: idOf(about), effect, ...stored(at) },
      written: stored({ day: writtenOn, precision: 'exact' })?.at,
    })),
  );
}

/** What each event, or none, has of a deal: cents, or null without a value. */
export interface ExpectedCredits {
  firstTouch: Map<string | null, bigint | null>;
  lastTouch: Map<string | null, bigint | null>;
  even: Map<string | null, bigint | null>;
}

interface Row {
  record: string;
  earliest: number;
  latest: number;
}

/** By deal; `seesAll`: an owner or manager. A deal that nothing touches is not there. */
export function expectedCredits(world: TouchedWorld, seesAll: boolean): Map<string, ExpectedCredits> {
  const number = (name: string): number => Number(name.slice(1));
  const meetingOf = (name: string): Meeting | undefined =>
    name.startsWith('k') ? world.meetings[number(name)] : undefined;
  const isSeen = (name: string): boolean => {
    if (name.startsWith('p')) return isSeen(`k${world.commitments[number(name)]}`);
    return seesAll || !meetingOf(name)?.restricted;
  };
  const eventsOf = (name: string): string[] => {
    if (!isSeen(name)) return [];
    if (EVENTS.includes(name)) return [name];
    if (FIXED[name]?.of) return [FIXED[name].of];
    if (name.startsWith('p')) return eventsOf(`k${world.commitments[number(name)]}`);
    const agreement = name.startsWith('g') ? world.agreements[number(name)] : undefined;
    if (agreement) return agreement.relation === 'discussed_in' ? [] : eventsOf(agreement.about);
    return [...new Set((meetingOf(name)?.abouts ?? []).flatMap(eventsOf))];
  };
  const momentOf = (name: string): Moment | null => {
    if (FIXED[name]) return FIXED[name].at;
    const signedOn = name.startsWith('g') ? world.agreements[number(name)]?.signedOn : undefined;
    if (signedOn !== undefined) return signedOn === null ? null : { day: signedOn, precision: 'day' };
    return meetingOf(name) ?? null;
  };
  const rowsOf = (n: number): Row[] => {
    const end = world.deals[n]?.closed ? span(world.deals[n].closed).latest : Infinity;
    const said = world.touches.filter((touch) => touch.deal === n);
    const written = said.map(({ record: name, effect, at, writtenOn }) => {
      const known = at ?? momentOf(name);
      if (known) return { record: name, ...span(known) };
      const then = span({ day: writtenOn, precision: 'exact' }).earliest;
      const when = effect === 'mentioned' ? then : Math.min(then, end);
      return { record: name, earliest: when, latest: when };
    });
    const implicit = world.meetings.flatMap((made, place) =>
      made.deal === n && made.status === 'held' && !said.some((touch) => touch.record === `k${place}`)
        ? [{ record: `k${place}`, ...span(made) }]
        : [],
    );
    return [...written, ...implicit].filter(
      (row) => row.earliest <= end && isSeen(row.record) && meetingOf(row.record)?.status !== 'cancelled',
    );
  };
  const creditsOf = (n: number, chosen: (row: Row, others: Row[]) => boolean): Map<string | null, bigint | null> => {
    const rows = rowsOf(n);
    const records = [...new Set(rows.filter((row) => chosen(row, rows)).map((row) => row.record))];
    const all = [...new Set(rows.flatMap((row) => withNone(eventsOf(row.record))))];
    const weight = (event: string | null): bigint =>
      records.reduce((sum, name) => {
        const events = withNone(eventsOf(name));
        return sum + (events.includes(event) ? 6n / BigInt(events.length) : 0n);
      }, 0n);
    return dealtOut(world.deals[n]?.cents ?? null, new Map(all.map((event) => [event, weight(event)])));
  };
  const touched = world.deals.map((_, n) => n).filter((n) => rowsOf(n).length > 0);
  return new Map(
    touched.map((n) => [
      idOf(`d${n}`),
      {
        firstTouch: creditsOf(n, (row, rows) => !rows.some((other) => other.latest < row.earliest)),
        lastTouch: creditsOf(n, (row, rows) => !rows.some((other) => row.latest < other.earliest)),
        even: creditsOf(n, () => true),
      },
    ]),
  );
}

const withNone = (events: string[]): (string | null)[] => (events.length > 0 ? events : [null]);

/** Cent by cent, to whoever is furthest below what is due. */
function dealtOut(cents: bigint | null, weights: Map<string | null, bigint>): Map<string | null, bigint | null> {
  const names = [...weights.keys()].sort((a, b) => (a === null ? 1 : b === null ? -1 : idOf(a) < idOf(b) ? -1 : 1));
  const id = (name: string | null): string | null => (name === null ? null : idOf(name));
  if (cents === null) return new Map(names.map((name) => [id(name), null]));
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0n);
  const due = (name: string | null): bigint => cents * (weights.get(name) ?? 0n);
  const parts = new Map(names.map((name) => [name, due(name) / whole]));
  const short = (name: string | null): bigint => due(name) - (parts.get(name) ?? 0n) * whole;
  while ([...parts.values()].reduce((sum, part) => sum + part, 0n) < cents) {
    const next = names.reduce((best, name) => (short(name) > short(best) ? name : best));
    parts.set(next, (parts.get(next) ?? 0n) + 1n);
  }
  return new Map([...parts].map(([name, part]) => [id(name), part]));
}
