/** The report of the pipeline over 100,000 deals of four stage changes each, against its bare SQL. */
import pg from 'pg';
import { PIPELINE_GROUPS, PipelineReader } from '#reports';
import { median, withApi, withDatabase } from './system.mjs';

const DEALS = 100_000;
const ROUNDS = 7;
const RATES = { currency: 'USD', byCurrency: { AZN: '0.5882', EUR: '1.08' } };

/** Milliseconds of each form of the report, and of the statements of the JSON one run side by side on bare connections. */
export async function pipeline() {
  return withDatabase(async (databaseUrl) => {
    const clients = await connect(databaseUrl);
    try {
      return await withApi(databaseUrl, async (api) => {
        // Afterwards: an administrator is made where there are no users.
        await seed(clients[0]);
        const bare = await statements(clients);
        const times = { api: [], bare: [], table: [], funnel: [], timeline: [] };
        for (let round = -1; round < ROUNDS; round++) {
          const query = '?currency=USD&rates=AZN:0.5882,EUR:1.08';
          const taken = {
            api: await timed(() => get(api, `pipeline${query}`)),
            bare: await timed(() =>
              Promise.all(bare.map(({ sql, parameters }, at) => clients[at].query(sql, parameters))),
            ),
            table: await timed(() => get(api, `pipeline.csv${query}`)),
            funnel: await timed(() => get(api, 'pipeline.svg')),
            timeline: await timed(() => get(api, 'pipeline.svg?chart=timeline')),
          };
          if (round >= 0) for (const [what, time] of Object.entries(taken)) times[what].push(time);
        }
        const medians = Object.fromEntries(Object.entries(times).map(([what, all]) => [what, median(all)]));
        const ratio = median(times.api.map((time, round) => time / times.bare[round]));
        return { ...medians, ratio, deals: await counted(api) };
      });
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  });
}

/** As many as the report has statements. */
async function connect(connectionString) {
  const clients = Array.from({ length: 4 }, () => new pg.Client({ connectionString }));
  await Promise.all(clients.map((client) => client.connect()));
  return clients;
}

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function get({ url, token }, path) {
  const answer = await fetch(`${url}/v1/reports/${path}`, { headers: { Authorization: `Bearer ${token}` } });
  const body = await answer.text();
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${body}`);
  return body;
}

/** How many deals the report tells of, each once. */
async function counted(api) {
  const { totals } = JSON.parse(await get(api, 'pipeline'));
  return Object.values(totals).reduce((sum, { deals }) => sum + deals, 0);
}

/** What the report asks the database, taken from the reader itself. */
async function statements(clients) {
  const asked = [];
  const query = async (sql, parameters) => {
    const place = asked.push({ sql, parameters }) - 1;
    return (await clients[place].query(sql, parameters)).rows;
  };
  await new PipelineReader({ query, now: async () => new Date() }).report({
    by: PIPELINE_GROUPS,
    months: 12,
    rates: RATES,
  });
  return asked;
}

const STAGES = `'{lead,qualified,scoping,feasibility_study,feed,financing,negotiation,contract,implementation}'::text[]`;

/** Three stages from early to late, the third of them later at times, and an end, over three years; written in the order of time. */
async function seed(client) {
  await client.query(`INSERT INTO users (id, email, name, role, time_zone, locale)
    SELECT gen_random_uuid(), 'owner' || i || '@bench.example', 'Owner ' || i, 'staff', 'UTC', 'en' FROM generate_series(1, 50) i`);
  await client.query(`CREATE TABLE made AS
    SELECT md5('deal ' || i)::uuid AS deal_id, i, place, now() - (40 + i % 1000) * interval '1 day' + place * (i % 9 + 1) * interval '1 day' AS at,
      CASE WHEN place < 4 THEN (${STAGES})[place + i % 3 + (place - 1)] ELSE (ARRAY['closed_won', 'closed_lost', 'on_hold', 'implementation'])[1 + i % 4] END AS stage
    FROM generate_series(1, ${DEALS}) i, generate_series(1, 4) place`);
  await client.query(`INSERT INTO deals (id, title, kind, stage, stage_since, closed_on, amount, currency, country, sectors, owner_id, search_key)
    SELECT deal_id, 'Deal ' || i, (ARRAY['export_sale', 'investment', 'project'])[1 + i % 3], stage, at,
      CASE WHEN stage LIKE 'closed%' THEN at::date END, CASE WHEN i % 10 > 0 THEN i * 37 % 1000000 + 0.25 END,
      CASE WHEN i % 10 > 0 THEN (ARRAY['USD', 'AZN', 'EUR'])[1 + i % 3] END, (ARRAY['AZ', 'US', 'TR', 'GE', 'KZ', NULL])[1 + i % 6],
      (ARRAY['{energy,agriculture}', '{energy}', '{logistics}', '{}', '{health,education}'])[1 + i % 5]::text[],
      (SELECT array_agg(id) FROM users)[1 + i % 50], 'deal ' || i
    FROM made WHERE place = 4`);
  await client.query(`INSERT INTO deal_stage_changes (id, deal_id, place, from_stage, to_stage, at, created_by_name)
    SELECT gen_random_uuid(), deal_id, place, lag(stage) OVER (PARTITION BY deal_id ORDER BY place), stage, at, 'Bench' FROM made ORDER BY at`);
  await client.query('DROP TABLE made');
  await client.query('VACUUM ANALYZE');
}
