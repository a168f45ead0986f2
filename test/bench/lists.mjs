import { once } from 'node:events';
import autocannon from 'autocannon';
import pg from 'pg';
import { listRequest } from '#database';
import { MembersReader, OrganizationsReader } from '#members';
import { median, start, withApi, withDatabase } from './system.mjs';

const ROUNDS = 5;
const SECONDS = 4;
const CONNECTIONS = 50;
const LIMIT = 20;

/** What is asked of the API, and the reader whose SQL the bare server answers. */
const LISTS = {
  members: { path: `/v1/members?limit=${LIMIT}&filter[country]=AZ`, reader: MembersReader },
  organizations: { path: `/v1/organizations?limit=${LIMIT}&filter[country]=AZ`, reader: OrganizationsReader },
};

/** Requests per second of a filtered list, signed in, against a bare server that answers the same SQL. */
export async function list(name) {
  const { path, reader } = LISTS[name];
  return withDatabase(async (databaseUrl) => {
    await seed(databaseUrl);
    const bare = start(['test/bench/bare-server.mjs', databaseUrl, JSON.stringify(await question(reader))]);
    const [line] = await once(bare.child.stdout, 'data');
    try {
      return await withApi(databaseUrl, ({ url, token }) =>
        compare(url + path, token, `http://127.0.0.1:${Number(line)}/`),
      );
    } finally {
      await bare.stop();
    }
  });
}

/** The SQL the API runs for the request, taken from the reader itself. */
async function question(Reader) {
  let asked;
  const recorder = { query: async (sql, parameters) => ((asked = { sql, parameters, limit: LIMIT }), []) };
  const filters = [{ field: 'country', operator: 'eq', values: ['AZ'] }];
  await new Reader(recorder).list(listRequest({ limit: LIMIT, filters }));
  return asked;
}

/** In turn, A B A B …, so that a machine that gets slower meanwhile does not favour either. */
async function compare(apiUrl, token, bareUrl) {
  const headers = { Authorization: `Bearer ${token}` };
  const ratios = [];
  const rates = { api: [], bare: [] };
  await run(apiUrl, headers, 2);
  await run(bareUrl, {}, 2);
  for (let round = 0; round < ROUNDS; round++) {
    const [api, bare] = [await run(apiUrl, headers, SECONDS), await run(bareUrl, {}, SECONDS)];
    rates.api.push(api);
    rates.bare.push(bare);
    ratios.push(api / bare);
  }
  return { api: median(rates.api), bare: median(rates.bare), ratio: median(ratios) };
}

async function run(url, headers, duration) {
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were no success, ${result.errors} errors`);
  return result.requests.average;
}

/** 2,000 members, a third of them from Azerbaijan, each with a contact. */
async function seed(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const columns = 'id, version, search_key, match_key';
  await client.query(
    `INSERT INTO membership_tiers (id, version, code, name, grace_days) VALUES (gen_random_uuid(), 1, 'gold', 'Gold', 30)`,
  );
  await client.query(`INSERT INTO organizations (${columns}, name, kind, country)
    SELECT gen_random_uuid(), 1, 'firm ' || i, 'firm ' || i, 'Firm ' || lpad(i::text, 5, '0'), 'company', (ARRAY['AZ', 'US', 'TR'])[1 + i % 3] FROM generate_series(1, 2000) i`);
  await client.query(`INSERT INTO people (${columns}, full_name, email)
    SELECT gen_random_uuid(), 1, 'contact ' || i, 'contact ' || i, 'Contact ' || i, 'contact' || i || '@example.com' FROM generate_series(1, 2000) i`);
  await client.query(`INSERT INTO positions (id, version, person_id, organization_id, title, preferred)
    SELECT gen_random_uuid(), 1, p.id, o.id, 'Director', true FROM (SELECT id, row_number() OVER () n FROM people) p JOIN (SELECT id, row_number() OVER () n FROM organizations) o USING (n)`);
  await client.query(`INSERT INTO memberships (id, version, organization_id, tier_id, joined_on, starts_on, ends_on, search_key)
    SELECT gen_random_uuid(), 1, o.id, t.id, current_date - 100, current_date - 100, current_date + 200, o.search_key FROM organizations o, membership_tiers t`);
  await client.query('ANALYZE');
  await client.end();
}
