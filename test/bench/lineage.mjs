/** The lineage of a deal with 500 touchpoints: the API, signed in, against the same statements sent by pg alone. */
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import pg from 'pg';
import { DealsReader } from '#deals';
import { LineageReader } from '#reports';
import { median, withApi, withDatabase } from './system.mjs';

const ROUNDS = 5;
const SECONDS = 4;
/** As many connections to PostgreSQL as the API has. */
const CONNECTIONS = 10;
const DEAL = '00000000-0000-4000-8000-000000000001';

/** Answers per second of both, their median ratio, and what is in an answer. */
export async function lineage() {
  return withDatabase(async (databaseUrl) => {
    await seed(databaseUrl);
    const statements = await asked();
    const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
    try {
      return await withApi(databaseUrl, ({ url, token }) =>
        compare(`${url}/v1/deals/${DEAL}/lineage`, token, pool, statements),
      );
    } finally {
      await pool.end();
    }
  });
}

/** What the API asks PostgreSQL for the graph and its head, taken from the reader itself. */
async function asked() {
  const statements = [];
  const record = async (text, values) => (statements.push({ text, values }), [{}]);
  const prepared = (text, values) => record(text, values).then(() => ((statements.at(-1).name = 'lineage'), [{}]));
  const recorder = { query: record, queryOne: async (...of) => (await record(...of))[0], prepared };
  await new LineageReader(recorder, new DealsReader(recorder)).of(DEAL);
  return statements;
}

/** In turn, A B A B …, so that a machine that gets slower meanwhile does not favour either. */
async function compare(url, token, pool, statements) {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await (await fetch(url, { headers })).json();
  const [ratios, rates] = [[], { api: [], bare: [] }];
  await served(url, headers, 2);
  await sent(pool, statements, 2);
  for (let round = 0; round < ROUNDS; round++) {
    const [api, bare] = [await served(url, headers, SECONDS), await sent(pool, statements, SECONDS)];
    rates.api.push(api);
    rates.bare.push(bare);
    ratios.push(api / bare);
  }
  const { nodes, edges } = answer;
  const touched = edges.filter(({ relation }) => relation === 'touched').length;
  const counts = { nodes: nodes.length, edges: edges.length, touched, statements: statements.length };
  return { api: median(rates.api), bare: median(rates.bare), ratio: median(ratios), ...counts };
}

async function served(url, headers, duration) {
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were no success, ${result.errors} errors`);
  return result.requests.average;
}

/** The statements one after another, on all connections at once; answers per second. */
async function sent(pool, statements, seconds) {
  let [count, over] = [0, false];
  const one = async () => {
    while (!over) {
      for (const statement of statements) await pool.query(statement);
      count += 1;
    }
  };
  const began = performance.now();
  const running = Promise.all(Array.from({ length: CONNECTIONS }, one));
  await sleep(seconds * 1000);
  over = true;
  await running;
  return (count * 1000) / (performance.now() - began);
}

/** Ten conferences of 30 sessions, 5,000 meetings about the sessions, half of them with a promise; 50 deals of 500 touchpoints. */
async function seed(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const id = (kind, number) => `('00000000-0000-4000-8${kind}00-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
  const at = (number) => `timestamptz '2025-01-01T14:00Z' + (${number}) * interval '1 hour'`;
  const rows = [
    `INSERT INTO organizations (id, search_key, match_key, name, kind) SELECT ${id(1, 'i')}, 'firm ' || i, 'firm ' || i, 'Firm ' || i, 'company'
     FROM generate_series(1, 200) i`,
    `INSERT INTO conferences (id, name, status, starts_at, ends_at, time_zone, search_key) SELECT ${id(2, 'i')}, 'Conference ' || i,
     'completed', ${at('i * 700')}, ${at('i * 700 + 30')}, 'America/New_York', '' FROM generate_series(1, 10) i`,
    `INSERT INTO conference_sessions (id, conference_id, title, kind, status, starts_at, ends_at, search_key) SELECT ${id(3, 'i')},
     ${id(2, '1 + i % 10')}, 'Session ' || i, 'panel', 'scheduled', ${at('700 + i % 10 * 700 + i / 10')}, ${at('701 + i % 10 * 700 + i / 10')}, ''
     FROM generate_series(1, 300) i`,
    `INSERT INTO deals (id, title, kind, stage, stage_since, search_key) SELECT ${id(0, 'i')}, 'Deal ' || i, 'project', 'negotiation', now(), ''
     FROM generate_series(1, 50) i`,
    `INSERT INTO deal_parties (id, deal_id, organization_id, role) SELECT gen_random_uuid(), ${id(0, '1 + i % 50')}, ${id(1, 'i')}, 'buyer'
     FROM generate_series(1, 200) i`,
    `INSERT INTO side_meetings (id, title, kind, status, starts_at, ends_at, time_zone, visibility, search_key) SELECT ${id(4, 'i')},
     'Meeting ' || i, 'bilateral', 'held', ${at('i')}, ${at('i + 1')}, 'Asia/Baku', 'internal', '' FROM generate_series(1, 5000) i`,
    `INSERT INTO side_meeting_abouts SELECT ${id(4, 'i')}, ${id(3, '1 + i % 300')} FROM generate_series(1, 5000) i`,
    `INSERT INTO commitments (id, action, owed_by_organization_id, owed_to_organization_id, about_id, status, search_key) SELECT ${id(5, 'i')},
     'Promise ' || i, ${id(1, '1 + i % 200')}, ${id(1, '1 + i % 199')}, ${id(4, 'i * 2')}, 'open', '' FROM generate_series(1, 2500) i`,
    `INSERT INTO agreements (id, title, kind, status, signed_from, signed_to, date_precision, initialed_precision, deal_id, search_key) SELECT ${id(6, 'i')},
     'Agreement ' || i, 'mou', 'signed', '2025-06-01', '2025-06-30', 'window', 'unknown', ${id(0, '1 + i % 50')}, '' FROM generate_series(1, 500) i`,
    `INSERT INTO agreement_abouts SELECT ${id(6, 'i')}, ${id(2, '1 + i % 10')}, 'within', 0 FROM generate_series(1, 500) i`,
    `INSERT INTO instruments (id, deal_id, kind, provider_id, status, evidence_id) SELECT ${id(7, 'i')}, ${id(0, '1 + i % 50')}, 'loan',
     ${id(1, '1 + i % 200')}, 'applied', ${id(6, 'i')} FROM generate_series(1, 200) i`,
    `INSERT INTO deal_stage_changes (id, deal_id, place, from_stage, to_stage, at, evidence_id, created_by_name) SELECT gen_random_uuid(),
     ${id(0, 'd')}, p, CASE p WHEN 1 THEN NULL ELSE 'lead' END, (ARRAY['lead', 'qualified', 'scoping', 'feed', 'financing', 'negotiation'])[p],
     ${at('p * 500')}, ${id(4, 'd * 10 + p')}, 'bench' FROM generate_series(1, 50) d, generate_series(1, 6) p`,
    `INSERT INTO touchpoints (id, deal_id, about_id, effect, note) SELECT gen_random_uuid(), ${id(0, 'd')}, CASE WHEN i <= 430 THEN ${id(4, '1 + (d * 97 + i) % 5000')}
     WHEN i <= 480 THEN ${id(3, 'i - 430')} WHEN i <= 490 THEN ${id(2, 'i - 480')} ELSE ${id(6, 'i - 490')} END, 'advanced', 'What was said there'
     FROM generate_series(1, 50) d, generate_series(1, 500) i`,
  ];
  for (const sql of rows) await client.query(sql);
  await client.query('ANALYZE');
  await client.end();
}
