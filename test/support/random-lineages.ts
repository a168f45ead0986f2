import fc from 'fast-check';
import type { Database } from '#database';

/** How many there are of each. */
export const POOL = { conferences: 2, sessions: 3, meetings: 5, missions: 2, agreements: 3, commitments: 4, tasks: 2 };
const SIZE = Object.values(POOL).reduce((sum, count) => sum + count, 0);
/** A record of the pool by its number. */
const record = fc.nat(SIZE - 1);
const maybe = fc.option(record, { nil: null, freq: 1 });
/** What may be written down about the records of a pool, and archived among them. */
export const lineageGraphs = fc.record({
  meetingAbouts: fc.array(fc.tuple(fc.nat(POOL.meetings - 1), record), { maxLength: 8 }),
  agreementAbouts: fc.array(
    fc.tuple(fc.nat(POOL.agreements - 1), record, fc.constantFrom('signed_at', 'within', 'follows', 'related')),
    { maxLength: 6 },
  ),
  promises: fc.array(fc.tuple(maybe, maybe), { minLength: POOL.commitments, maxLength: POOL.commitments }),
  errands: fc.array(fc.tuple(maybe, maybe), { minLength: POOL.tasks, maxLength: POOL.tasks }),
  touched: fc.array(fc.tuple(record, fc.constantFrom('originated', 'advanced', 'mentioned')), { maxLength: 5 }),
  shown: fc.array(record, { maxLength: 3 }),
  withDeal: fc.tuple(
    fc.array(fc.boolean(), { minLength: POOL.meetings, maxLength: POOL.meetings }),
    fc.array(fc.boolean(), { minLength: POOL.agreements, maxLength: POOL.agreements }),
  ),
  archived: fc.array(record, { maxLength: 2 }),
});
export type RandomGraph = typeof lineageGraphs extends fc.Arbitrary<infer Value> ? Value : never;

/** A record of the pool, and the table it is kept in. */
export interface Pooled {
  id: string;
  table: string;
}

/** Makes this all that is known of the pool and the deal: straight into the tables, as it might come of any requests. */
export async function layGraph(database: Database, dealId: string, pool: Pooled[], graph: RandomGraph): Promise<void> {
  const { meetingAbouts, agreementAbouts, promises, errands, touched, shown, withDeal, archived } = graph;
  const id = (number: number | null): string | null => (number === null ? null : (pool[number]?.id ?? null));
  const of = (table: string): string[] => pool.filter((each) => each.table === table).map((each) => each.id);

  const run = (sql: string, parameters: unknown[] = []) => database.query(sql, parameters);
  for (const table of ['side_meeting_abouts', 'agreement_abouts', 'touchpoints', 'instruments'])
    await run(`DELETE FROM ${table}`);
  await run('DELETE FROM deal_stage_changes WHERE deal_id = $1 AND place > 1', [dealId]);
  for (const table of new Set(pool.map((each) => each.table)))
    await run(`UPDATE ${table} SET archived_at = CASE WHEN id = ANY($1::uuid[]) THEN now() END`, [archived.map(id)]);
  const [meetings, papers, promised, tasks] = ['side_meetings', 'agreements', 'commitments', 'tasks'].map(of);
  const pairs = 'SELECT * FROM jsonb_to_recordset($1) AS r (a uuid, b uuid, c text, n int)';
  const rows = (given: [unknown, unknown, unknown?][]) => [
    JSON.stringify(given.map(([a, b, c], n) => ({ a, b, c, n }))),
  ];
  const whole = (given: [unknown, unknown, unknown?][]) => rows(given.filter(([a, b]) => a !== b));
  await run(
    `INSERT INTO side_meeting_abouts (meeting_id, record_id) SELECT a, b FROM (${pairs}) r ON CONFLICT DO NOTHING`,
    whole(meetingAbouts.map(([meetingOf, number]) => [meetings?.[meetingOf], id(number)])),
  );
  await run(
    `INSERT INTO agreement_abouts (agreement_id, record_id, relation, position) SELECT a, b, c, n FROM (${pairs}) r ON CONFLICT DO NOTHING`,
    whole(agreementAbouts.map(([paper, number, relation]) => [papers?.[paper], id(number), relation])),
  );
  const links = (table: string, one: string, two: string) =>
    `UPDATE ${table} t SET ${one} = r.a, ${two} = r.b FROM (${pairs}) r WHERE t.id = r.c::uuid`;
  await run(
    links('commitments', 'about_id', 'evidence_id'),
    rows(promises.map(([one, two], n) => [id(one), id(two), promised?.[n]])),
  );
  const promiseOrNone = (number: number | null) =>
    number === null ? null : (promised?.[number % POOL.commitments] ?? null);
  await run(
    links('tasks', 'about_id', 'commitment_id'),
    rows(errands.map(([one, two], n) => [id(one), promiseOrNone(two), tasks?.[n]])),
  );
  await run(
    `INSERT INTO touchpoints (id, deal_id, about_id, effect) SELECT gen_random_uuid(), b, a, c FROM (${pairs}) r ON CONFLICT DO NOTHING`,
    rows(touched.map(([number, effect]) => [id(number), dealId, effect])),
  );
  await run(
    `INSERT INTO deal_stage_changes (id, deal_id, place, to_stage, from_stage, at, evidence_id, created_by_name)
     SELECT gen_random_uuid(), b, n + 2, 'scoping', 'lead', now(), a, '' FROM (${pairs}) r`,
    rows(shown.map((number) => [id(number), dealId])),
  );
  const belongs = (table: string, flags: boolean[], ids: string[] = []) =>
    run(`UPDATE ${table} SET deal_id = CASE WHEN id = ANY($1::uuid[]) THEN $2::uuid END`, [
      ids.filter((_, n) => flags[n]),
      dealId,
    ]);
  await belongs('side_meetings', withDeal[0], meetings);
  await belongs('agreements', withDeal[1], papers);
}
