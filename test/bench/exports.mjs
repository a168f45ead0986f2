/** The directory as a file: how fast it streams, and what it costs the API in memory as the directory grows. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { withApi, withDatabase } from './system.mjs';

const FEW = 100_000;
const MANY = 400_000;

/** Rows a second of the smaller export, and the most memory the process ever held after each of the two, in megabytes. */
export async function exports() {
  return withDatabase((databaseUrl) =>
    withApi(databaseUrl, async (api) => {
      const before = peakOf(api.pid);
      await seed(databaseUrl, 1, FEW);
      let few = await download(api, FEW);
      // As many rows in small files as then in one large one, so that both leave as much to the garbage collector.
      for (let rows = FEW; rows < MANY; rows += FEW) few = await download(api, FEW);
      await seed(databaseUrl, FEW + 1, MANY);
      const many = await download(api, MANY);
      return { before, few, many };
    }),
  );
}

/** Reads a whole export and throws it away, as slowly as it comes. */
async function download({ url, token, pid }, people) {
  const began = performance.now();
  const answer = await fetch(`${url}/v1/people.csv`, { headers: { Authorization: `Bearer ${token}` } });
  let lines = 0;
  for await (const chunk of answer.body) lines += chunk.filter((byte) => byte === 10).length;
  if (lines !== people + 1) throw new Error(`${lines - 1} rows came of ${people}`);
  return { rowsPerSecond: people / ((performance.now() - began) / 1000), peak: peakOf(pid) };
}

/** Linux only: read from /proc. */
const peakOf = (pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

async function seed(databaseUrl, from, to) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `INSERT INTO people (id, version, search_key, match_key, full_name, email, phone)
     SELECT gen_random_uuid(), 1, 'contact ' || i, 'contact ' || i, 'Contact ' || i, 'contact' || i || '@example.com', '+994 50 ' || i
     FROM generate_series($1::int, $2::int) i`,
    [from, to],
  );
  await client.query('ANALYZE people');
  await client.end();
}
