import pg from 'pg';
import { EventParts } from '#records';
import { EventOutcomesReader } from '#reports';
import { withApi, withDatabase } from './system.mjs';

/** What belongs to the conference asked about, and what lies beside it. */
const COUNTS = {
  sessions: 30,
  meetings: 1_000,
  deals: 300,
  touches: 12,
  otherEvents: 20,
  otherMeetings: 9_000,
  otherDeals: 5_000,
};
const ROUNDS = 60;

/** Milliseconds of a large conference's report over HTTP, in turn with the bare SQL that it asks. */
export async function eventOutcome() {
  return withDatabase(async (databaseUrl) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      await seed(client);
      const asked = await questions(client);
      return await withApi(databaseUrl, (api) => compare(api, client, asked));
    } finally {
      await client.end();
    }
  });
}

async function compare(api, client, asked) {
  const times = { api: [], bare: [] };
  let report;
  for (let round = -10; round < ROUNDS; round++) {
    const [first, second] = [await timed(() => get(api)), await timed(() => bare(client, asked))];
    report = first.result;
    if (round < 0) continue;
    times.api.push(first.ms);
    times.bare.push(second.ms);
  }
  const { meetings, deals } = report;
  return {
    counts: {
      meetings: meetings.total,
      deals: deals.total,
      touches: deals.data.reduce((sum, deal) => sum + deal.touches, 0),
    },
    p50: quantile(times.api, 0.5),
    p99: quantile(times.api, 0.99),
    bare: quantile(times.bare, 0.5),
    statements: asked.length,
    bytes: JSON.stringify(report).length,
  };
}

async function timed(work) {
  const began = performance.now();
  const result = await work();
  return { result, ms: performance.now() - began };
}

async function get({ url, token }) {
  const answer = await fetch(`${url}/v1/reports/conferences/${id('conference', 1)}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function bare(client, asked) {
  for (const { sql, parameters } of asked) await client.query(sql, parameters);
}

/** The SQL of the report, taken from the reader itself. */
async function questions(client) {
  const asked = [];
  const query = async (sql, parameters = []) => {
    asked.push({ sql, parameters });
    return (await client.query(sql, parameters)).rows;
  };
  const database = { query, queryOne: async (...question) => (await query(...question))[0] };
  const parts = new EventParts();
  parts.register('SELECT record_id AS whole, meeting_id AS part FROM side_meeting_abouts');
  parts.register('SELECT conference_id AS whole, id AS part FROM conference_sessions');
  const conferences = { get: () => ({ name: 'Forum', status: 'completed', archivedAt: null }) };
  await new EventOutcomesReader(database, parts, { findAll: () => [] }, conferences, {}).get(
    'conference',
    id('conference', 1),
  );
  return asked;
}

const quantile = (values, part) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)];

const KINDS = ['conference', 'mission', 'session', 'meeting', 'deal', 'organization', 'commitment', 'agreement'];
const prefix = (kind) => `00000000-0000-7000-8${String(KINDS.indexOf(kind)).padStart(3, '0')}-`;
const id = (kind, number) => prefix(kind) + number.toString(16).padStart(12, '0');
/** The same in SQL, of a number. */
const idSql = (kind, number) => `('${prefix(kind)}' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/**
 * Conference 1 has the first meetings and deals; every third of its meetings is about a session, every fourth about a mission too. A
 * deal is touched by meetings of this conference and of others, and by some that are about no event.
 */
async function seed(client) {
  const { sessions, meetings, deals, touches, otherEvents, otherMeetings, otherDeals } = COUNTS;
  const all = meetings + otherMeetings;
  const start = `'2026-03-10T13:00Z'::timestamptz`;
  for (const sql of [
    `INSERT INTO organizations (id, name, kind, search_key, match_key)
     SELECT ${idSql('organization', 'i')}, 'Firm ' || i, 'company', 'firm ' || i, 'firm ' || i FROM generate_series(1, 100) i`,
    `INSERT INTO conferences (id, name, status, starts_at, ends_at, time_zone, search_key)
     SELECT ${idSql('conference', 'i')}, 'Forum ' || i, 'completed', ${start} - i * interval '9 days', ${start} - i * interval '9 days' + interval '2 days', 'UTC', 'forum'
     FROM generate_series(1, ${otherEvents}) i`,
    `INSERT INTO trade_missions (id, name, direction, status, origin_country, host_country, starts_on, ends_on, time_zone, search_key)
     SELECT ${idSql('mission', 'i')}, 'Mission ' || i, 'reverse', 'completed', 'AZ', 'US', '2026-01-01'::date + i, '2026-01-08'::date + i, 'UTC', 'mission'
     FROM generate_series(1, ${otherEvents}) i`,
    `INSERT INTO conference_sessions (id, conference_id, title, kind, status, starts_at, ends_at, search_key)
     SELECT ${idSql('session', 'i')}, ${idSql('conference', `1 + (i - 1) / ${sessions}`)}, 'Panel ' || i, 'panel', 'scheduled', ${start}, ${start} + interval '1 hour', 'panel'
     FROM generate_series(1, ${sessions * otherEvents}) i`,
    `INSERT INTO deals (id, title, kind, stage, stage_since, stage_precision, closed_on, amount, currency, search_key)
     SELECT ${idSql('deal', 'i')}, 'Deal ' || i, 'export_sale', stage, '2026-06-01', 'day', CASE WHEN stage LIKE 'closed%' THEN '2026-06-01'::date END,
       1000 + i, (ARRAY['USD', 'EUR', 'AZN'])[1 + i % 3], 'deal ' || i
     FROM (SELECT i, (ARRAY['lead', 'negotiation', 'closed_won', 'closed_lost', 'on_hold'])[1 + i % 5] AS stage FROM generate_series(1, ${deals + otherDeals}) i) x`,
    `INSERT INTO side_meetings (id, title, kind, status, starts_at, ends_at, time_zone, visibility, deal_id, search_key)
     SELECT ${idSql('meeting', 'i')}, 'Talks ' || i, 'one_on_one', (ARRAY['held', 'held', 'held', 'cancelled', 'scheduled'])[1 + i % 5],
       ${start} - i * interval '7 minutes', ${start} - i * interval '7 minutes' + interval '30 min', 'UTC', 'internal',
       CASE WHEN i % 2 = 0 THEN ${idSql('deal', `CASE WHEN i <= ${meetings} THEN 1 + i % ${deals} ELSE ${deals} + 1 + i % ${otherDeals} END`)} END, 'talks'
     FROM generate_series(1, ${all}) i`,
    `INSERT INTO side_meeting_abouts (meeting_id, record_id)
     SELECT ${idSql('meeting', 'i')}, CASE WHEN i % 3 = 0 THEN ${idSql('session', `CASE WHEN i <= ${meetings} THEN 1 + i % ${sessions} ELSE ${sessions} + 1 + i % ${sessions * (otherEvents - 1)} END`)}
       ELSE ${idSql('conference', `CASE WHEN i <= ${meetings} THEN 1 ELSE 2 + i % ${otherEvents - 1} END`)} END
     FROM generate_series(1, ${all}) i WHERE i <= ${meetings} OR i % 10 > 0`,
    `INSERT INTO side_meeting_abouts (meeting_id, record_id)
     SELECT ${idSql('meeting', 'i')}, ${idSql('mission', `1 + i % ${otherEvents}`)} FROM generate_series(4, ${all}, 4) i`,
    `INSERT INTO commitments (id, action, owed_by_organization_id, owed_to_organization_id, due_to, about_id, status, settled_at, search_key)
     SELECT ${idSql('commitment', 'i')}, 'Sends a quote ' || i, ${idSql('organization', '1 + i % 100')}, ${idSql('organization', '1 + (i + 7) % 100')}, '2026-06-30',
       ${idSql('meeting', 'i')}, CASE WHEN i % 2 = 0 THEN 'open' ELSE 'kept' END, CASE WHEN i % 2 = 1 THEN now() END, 'quote' FROM generate_series(1, ${all}, 2) i`,
    `INSERT INTO tasks (id, title, priority, status, about_id, remind_before, search_key)
     SELECT gen_random_uuid(), 'Ask again ' || i, 'normal', 'open', ${idSql('meeting', 'i')}, '{}', 'ask' FROM generate_series(1, ${all}, 3) i`,
    `INSERT INTO agreements (id, title, kind, status, signed_from, signed_to, date_precision, initialed_precision, deal_id, search_key)
     SELECT ${idSql('agreement', 'i')}, 'Memorandum ' || i, 'mou', 'signed', '2026-03-10', '2026-03-10', 'day', 'unknown', ${idSql('deal', 'i')}, 'mou' FROM generate_series(1, 1000) i`,
    `INSERT INTO agreement_abouts (agreement_id, record_id, relation, position)
     SELECT ${idSql('agreement', 'i')}, ${idSql('meeting', 'i * 5 + 1')}, (ARRAY['signed_at', 'within', 'discussed_in'])[1 + i % 3], 1 FROM generate_series(1, 1000) i`,
    `INSERT INTO touchpoints (id, deal_id, about_id, effect)
     SELECT DISTINCT ON (i, about) gen_random_uuid(), ${idSql('deal', 'i')}, about, (ARRAY['originated', 'advanced', 'mentioned'])[1 + t % 3]
     FROM generate_series(1, ${deals + otherDeals}) i, generate_series(1, ${touches}) t, LATERAL (SELECT i <= ${deals} AND t % 2 = 0 AS here) h,
       LATERAL (SELECT CASE t % 6
         WHEN 5 THEN ${idSql('agreement', '200 + (i * t) % 800')}
         WHEN 4 THEN ${idSql('commitment', `1 + 2 * CASE WHEN here THEN (i * t) % ${meetings / 2} ELSE ${meetings / 2} + (i * t) % ${otherMeetings / 2} END`)}
         ELSE ${idSql('meeting', `1 + CASE WHEN here THEN (i * t) % ${meetings} ELSE ${meetings} + (i * t) % ${otherMeetings} END`)} END AS about) a`,
    'ANALYZE',
  ])
    await client.query(sql);
}
