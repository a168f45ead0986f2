/** The first page of one organization's timeline against the organization by its id, both over HTTP. */
import { Agent, get } from 'node:http';
import pg from 'pg';
import { median, withApi, withDatabase } from './system.mjs';

const ROUNDS = 1200;
const WARM_UP = 200;
const BATCHES = 6;

/** The organization of which much is told. */
const ID = '019a0000-0000-7000-8000-000000000001';

/** Median times in ms, and the ratio of the medians of each batch, of which the middle one counts. */
export async function timelines() {
  return withDatabase(async (databaseUrl) => {
    await withClient(databaseUrl, fill);
    return withApi(databaseUrl, ({ url, token }) => compare(url, token));
  });
}

/** One after the other, A B A B …, so that neither is favoured by what else the machine does. */
export async function compare(url, token) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path) => request(agent, `${url}/v1/organizations/${ID}${path}`, token);
  const total = (await ask('/timeline?count=exact')).body.page.total;
  for (let round = 0; round < WARM_UP; round += 1) for (const path of ['', '/timeline']) await ask(path);
  const batches = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const times = { byId: [], page: [] };
    for (let round = 0; round < ROUNDS / BATCHES; round += 1) {
      times.byId.push((await ask('')).ms);
      times.page.push((await ask('/timeline')).ms);
    }
    batches.push({ byId: median(times.byId), page: median(times.page) });
  }
  agent.destroy();
  const middle = (value) => median(batches.map(value));
  return {
    total,
    byId: middle(({ byId }) => byId),
    page: middle(({ page }) => page),
    ratio: middle(({ byId, page }) => page / byId),
  };
}

/** Over one connection; the time ends with the last byte, before anything is parsed. */
function request(agent, url, token) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { Authorization: `Bearer ${token}` } }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const ms = performance.now() - began;
        const body = JSON.parse(Buffer.concat(chunks).toString());
        if (response.statusCode === 200) resolve({ ms, body });
        else reject(new Error(`${url}: ${JSON.stringify(body)}`));
      });
    }).on('error', reject);
  });
}

async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** A chamber with five years behind it, in which one organization has had a part in nearly everything. */
export async function fill(client) {
  for (const statement of STATEMENTS) await client.query(statement);
  await client.query('VACUUM ANALYZE');
}

/** How many rows of a table are of the organization itself, and how many there are. */
const SIZES = {
  positions: [100, 6_000],
  side_meetings: [3_050, 15_000],
  tasks: [1_800, 15_000],
  commitments: [1_000, 10_000],
  audit_entries: [800, 40_000],
  messages: [500, 20_000],
  deals: [25, 1_500],
  agreements: [40, 800],
  trade_missions: [5, 80],
};
const [ORGANIZATIONS, PEOPLE, DAYS] = [2_000, 6_000, 1_826];

const series = (table) => `generate_series(1, ${SIZES[table][1]}) i`;
/** One of a table by number; the numbers go round. */
const nth = (table, number) =>
  `(SELECT id FROM ${table}_by_number WHERE n = 1 + (${number}) % (SELECT max(n) FROM ${table}_by_number))`;
/** The organization itself in the first rows, others after. */
const whose = (table) =>
  `CASE WHEN i <= ${SIZES[table][0]} THEN '${ID}'::uuid ELSE ${nth('organizations', 'i * 31')} END`;
/** Days and minutes that look like chance and are the same each time. */
const moment = (number) =>
  `now() - (${number}) * 7919 % ${DAYS} * interval '1 day' - (${number}) % 1439 * interval '1 minute'`;
const among = (...values) => `(ARRAY['${values.join("', '")}'])[1 + i % ${values.length}]`;

const numbered = (
  table,
) => `CREATE TEMP TABLE ${table}_by_number AS SELECT row_number() OVER (ORDER BY created_at, id)::int AS n, id FROM ${table};
  CREATE UNIQUE INDEX ON ${table}_by_number (n); ANALYZE ${table}_by_number`;

const STATEMENTS = [
  `INSERT INTO organizations (id, name, kind, country, search_key, match_key)
   SELECT CASE i WHEN 1 THEN '${ID}' ELSE gen_random_uuid() END, 'Firm ' || i, 'company', 'AZ', 'firm ' || i, 'firm ' || i
   FROM generate_series(1, ${ORGANIZATIONS}) i`,
  `INSERT INTO people (id, full_name, search_key, match_key)
   SELECT gen_random_uuid(), 'Person ' || i, 'person ' || i, 'person ' || i FROM generate_series(1, ${PEOPLE}) i`,
  numbered('organizations'),
  numbered('people'),
  `INSERT INTO positions (id, person_id, organization_id, title, started_on, ended_on, source)
   SELECT gen_random_uuid(), ${nth('people', 'i')}, ${whose('positions')}, 'Director', current_date - 900 - i % 900,
     CASE WHEN i % 3 = 0 THEN current_date - i % 800 END, 'Press' FROM ${series('positions')}`,
  `INSERT INTO membership_tiers (id, code, name, grace_days) VALUES (gen_random_uuid(), 'gold', 'Gold', 30)`,
  `INSERT INTO memberships (id, organization_id, tier_id, joined_on, starts_on, ends_on, search_key)
   SELECT gen_random_uuid(), o.id, t.id, current_date - 3000, current_date - 100, current_date + 200, o.search_key
   FROM organizations o, membership_tiers t WHERE o.id = '${ID}' OR o.name LIKE '%5'`,
  `INSERT INTO membership_renewals (id, membership_id, ended_on, ends_on, renewed_at)
   SELECT gen_random_uuid(), m.id, current_date - 365 * i, current_date - 365 * i + 365, now() - 365 * i * interval '1 day'
   FROM memberships m, generate_series(1, 8) i`,
  `INSERT INTO side_meetings (id, title, kind, status, starts_at, ends_at, time_zone, location, visibility, search_key, created_at)
   SELECT gen_random_uuid(), 'Meeting ' || i, ${among('bilateral', 'one_on_one', 'call')}, 'held', ${moment('i')},
     ${moment('i')} + interval '1 hour', 'Asia/Baku', 'Baku', 'internal', 'meeting ' || i, now() - 3000 * interval '1 day' + i * interval '1 minute'
   FROM ${series('side_meetings')}`,
  numbered('side_meetings'),
  `INSERT INTO side_meeting_participants (id, meeting_id, person_id, organization_id, side)
   SELECT gen_random_uuid(), ${nth('side_meetings', 'i - 1')}, ${nth('people', 'i + k * 7')},
     CASE k WHEN 0 THEN ${nth('organizations', 'i * 17 + 1')} ELSE ${whose('side_meetings')} END, 'visiting'
   FROM ${series('side_meetings')}, generate_series(0, 2) k`,
  `INSERT INTO side_meeting_abouts (meeting_id, record_id)
   SELECT ${nth('side_meetings', 'i * 3')}, CASE WHEN i <= 100 THEN '${ID}' ELSE ${nth('organizations', 'i * 13')} END
   FROM generate_series(1, 3000) i`,
  `INSERT INTO tasks (id, title, priority, status, completed_at, about_id, search_key, created_at, due_at, time_zone)
   SELECT gen_random_uuid(), 'Task ' || i, 'normal', CASE WHEN i % 5 = 0 THEN 'open' ELSE 'done' END,
     CASE WHEN i % 5 > 0 THEN least(now(), ${moment('i')} + interval '1 day') END, ${whose('tasks')}, 'task ' || i, ${moment('i')}, ${moment('i')}, 'UTC'
   FROM ${series('tasks')}`,
  `INSERT INTO commitments (id, action, owed_by_organization_id, owed_to_organization_id, due_to, status, settled_at, search_key, created_at)
   SELECT gen_random_uuid(), 'Promise ' || i, CASE WHEN i % 2 = 0 THEN w.id ELSE ${nth('organizations', 'i * 11')} END,
     CASE WHEN i % 2 = 1 THEN w.id ELSE ${nth('organizations', 'i * 19')} END, current_date - i % ${DAYS},
     CASE WHEN i % 10 < 3 THEN 'open' ELSE 'kept' END, CASE WHEN i % 10 >= 3 THEN least(now(), ${moment('i')} + interval '20 days') END, 'promise ' || i, ${moment('i')}
   FROM (SELECT i, ${whose('commitments')} AS id FROM ${series('commitments')}) w`,
  `INSERT INTO audit_entries (id, at, actor_kind, actor_name, action, subject_type, about_id, before, after)
   SELECT gen_random_uuid(), ${moment('i')}, 'user', 'Somebody', 'updated', 'organization', ${whose('audit_entries')},
     '{"notes": "before", "country": "TR"}', '{"notes": "after", "country": "AZ"}' FROM ${series('audit_entries')}`,
  `INSERT INTO messages (id, kind, status, dedupe_key, about_id, person_id, email, recipient_name, locale, time_zone, template_key,
     data, subject, send_at, due_at, sent_at)
   SELECT gen_random_uuid(), 'notice', 'sent', 'bench ' || i, ${whose('messages')}, ${nth('people', 'i')}, 'person' || i || '@mail.example',
     'Person', 'en', 'UTC', 'notice', '{}', 'News ' || i, ${moment('i')}, ${moment('i')}, ${moment('i')} FROM ${series('messages')}`,
  `INSERT INTO deals (id, title, kind, stage, stage_since, amount, currency, search_key)
   SELECT gen_random_uuid(), 'Deal ' || i, 'project', 'negotiation', ${moment('i')}, i * 1000, 'USD', 'deal ' || i FROM ${series('deals')}`,
  numbered('deals'),
  `INSERT INTO deal_parties (id, deal_id, organization_id, role, created_at)
   SELECT gen_random_uuid(), ${nth('deals', 'i')}, CASE k WHEN 0 THEN ${whose('deals')} ELSE ${nth('organizations', 'i * 23')} END,
     CASE k WHEN 0 THEN 'buyer' ELSE 'supplier' END, ${moment('i')} FROM ${series('deals')}, generate_series(0, 1) k`,
  `INSERT INTO deal_stage_changes (id, deal_id, place, from_stage, to_stage, at, created_by_name)
   SELECT gen_random_uuid(), ${nth('deals', 'i')}, k, CASE WHEN k > 1 THEN (ARRAY['lead', 'qualified', 'scoping', 'feed'])[k - 1] END,
     (ARRAY['lead', 'qualified', 'scoping', 'feed', 'negotiation'])[k], ${moment('i * 5 + k')}, 'Somebody'
   FROM ${series('deals')}, generate_series(1, 5) k`,
  `INSERT INTO touchpoints (id, deal_id, about_id, effect)
   SELECT gen_random_uuid(), ${nth('deals', 'i')}, ${nth('side_meetings', 'i * 4 + k')}, 'advanced' FROM ${series('deals')}, generate_series(0, 3) k`,
  `INSERT INTO instruments (id, deal_id, kind, provider_id, status, status_on, date_precision)
   SELECT gen_random_uuid(), ${nth('deals', 'i')}, 'loan', ${nth('organizations', 'i * 29')}, 'approved', current_date - i % ${DAYS}, 'day'
   FROM ${series('deals')}, generate_series(1, 2) k`,
  `INSERT INTO agreements (id, title, kind, status, initialed_precision, signed_from, signed_to, date_precision, search_key)
   SELECT gen_random_uuid(), 'Agreement ' || i, 'mou', 'signed', 'unknown', current_date - i % ${DAYS}, current_date - i % ${DAYS}, 'day', 'agreement'
   FROM ${series('agreements')}`,
  numbered('agreements'),
  `INSERT INTO agreement_parties (id, agreement_id, position, organization_id)
   SELECT gen_random_uuid(), ${nth('agreements', 'i')}, 0, ${whose('agreements')} FROM ${series('agreements')}`,
  `INSERT INTO agreement_abouts (agreement_id, record_id, relation, position)
   SELECT ${nth('agreements', 'i')}, CASE WHEN i % 40 = 0 THEN '${ID}' ELSE ${nth('side_meetings', 'i')} END, 'discussed_in', 0 FROM ${series('agreements')}`,
  `INSERT INTO trade_missions (id, name, direction, status, sponsor_id, origin_country, host_country, starts_on, ends_on, time_zone, search_key)
   SELECT gen_random_uuid(), 'Mission ' || i, 'reverse', 'completed', ${whose('trade_missions')}, 'AZ', 'US', current_date - i * 20,
     current_date - i * 20 + 4, 'UTC', 'mission ' || i FROM ${series('trade_missions')}`,
  numbered('trade_missions'),
  `INSERT INTO mission_hosts (id, mission_id, organization_id, status)
   SELECT gen_random_uuid(), ${nth('trade_missions', 'i')}, CASE WHEN k = 0 AND i <= 15 THEN '${ID}' ELSE ${nth('organizations', 'i * 37 + k * 3 + 1')} END, 'confirmed'
   FROM ${series('trade_missions')}, generate_series(0, 9) k`,
  `INSERT INTO delegates (id, mission_id, person_id, organization_id, role, status, visa_status)
   SELECT gen_random_uuid(), ${nth('trade_missions', 'i')}, ${nth('people', 'i * 20 + k')},
     CASE WHEN k = 0 AND i <= 60 THEN '${ID}' ELSE ${nth('organizations', 'i * 41 + k')} END, 'delegate', 'confirmed', 'not_required'
   FROM ${series('trade_missions')}, generate_series(0, 9) k`,
];
