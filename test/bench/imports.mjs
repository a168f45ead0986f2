import { createReadStream, openAsBlob, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { median, start, temporaryFolder, withApi, withDatabase } from './system.mjs';

/** Rows of the file; BENCH_ROWS=1000000 for the big one. */
const ROWS = Number(process.env.BENCH_ROWS ?? 100_000);
/** Milliseconds between two looks at the import. */
const LOOK = 100;
/** Seconds after which an import is given up, for each 1,000 rows. */
const PATIENCE = 6;
/** As `npm run worker` starts it, flags included. */
const WORKER = JSON.parse(readFileSync('package.json', 'utf8')).scripts.worker.split(' ').slice(1);
/** Rows of one transaction where the database works alone, as in an import. */
const BATCH = 1_000;

const HEADER =
  'Organization,Legal name,Kind,Website,Country,Sectors,Tags,Tier,Joined on,Starts on,Ends on,' +
  'Contact name,Title,Email,Phone,Locale,Notes';
const GIVEN = 'Aydan,Cəmilə,Çingiz,Elçin,Əfsanə,Fidan,Gülşən,Hikmət,Leyla,Murad,Nərgiz,Orxan'.split(',');

/** Names repeat their words: a million of them are made of some thousands. */
const FIRST =
  'Ab,Ər,Bil,Cam,Çal,Dur,El,Fər,Gül,İl,Lal,Mir,Nər,Or,Pal,Rus,Sal,Şah,Tur,Ul,Vəl,Yar,Zər,Bər,Dil,Es,Fir,Mur,Nur,Ras'.split(
    ',',
  );
const LAST =
  'abad,dəniz,göl,istan,lar,maz,nur,dağ,rud,sel,tan,ul,van,yam,zad,bar,dar,fəs,mand,ros,sin,tər,vin,zəm,bon,dos,mil,nəv,ped,tus'.split(
    ',',
  );
const word = (i) => FIRST[Math.floor(i / LAST.length) % FIRST.length] + LAST[i % LAST.length];
const WORDS = FIRST.length * LAST.length;

/** Each row another organization with its contact, position and membership. */
function line(i) {
  const name = `${word(i % WORDS)} ${word(Math.floor(i / WORDS) % WORDS)}${i < WORDS ** 2 ? '' : ` ${i}`} Enerji`;
  const person = `${GIVEN[i % GIVEN.length]} ${word((i * 7) % WORDS)}ova`;
  return (
    `${name},“${name}” MMC,company,https://www.sirket-${i}.example.com,AZ,energy,exporter,gold,2018-01-01,` +
    `2025-01-01,2025-12-31,${person},Direktor,c${i}@sirket-${i}.example.com,+9941255${i},az,`
  );
}

/**
 * A file is imported twice, from sending it to the last row, through the API and a worker process. In the same run: what
 * COPY takes for the file, and what PostgreSQL alone takes to enter the same records from a table that holds them ready.
 */
export async function imports() {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'members.csv');
  try {
    await writeFile(file);
    const measured = await withDatabase((databaseUrl) => importTwice(databaseUrl, file));
    return { rows: ROWS, ...measured, bare: await withDatabase(bare) };
  } finally {
    remove();
  }
}

function importTwice(databaseUrl, file) {
  return withApi(databaseUrl, async (api) => {
    const copy = await copyTimes(databaseUrl, file);
    await withClient(databaseUrl, addTier);
    const measured = await withWorker(databaseUrl, async (worker) => {
      const first = await importFile(api, file, worker);
      const second = await importFile(api, file, worker);
      return { first, second, rss: peakOf(worker.pid) };
    });
    return { copy: median(copy), ...measured };
  });
}

async function writeFile(path) {
  const file = await open(path, 'w');
  await file.write(`${HEADER}\n`);
  for (let i = 0; i < ROWS; i += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, ROWS - i) }, (_, at) => line(i + at));
    await file.write(`${lines.join('\n')}\n`);
  }
  await file.close();
}

/** Seconds of COPY into one flat table with a unique index on the address, three times. */
function copyTimes(databaseUrl, file) {
  const columns = HEADER.split(',').map((name) => `"${name}" text`);
  return withClient(databaseUrl, async (client) => {
    const times = [];
    for (let round = 0; round < 3; round++) {
      await client.query(`CREATE TABLE flat (${columns.join(', ')})`);
      await client.query('CREATE UNIQUE INDEX ON flat ("Email")');
      const began = performance.now();
      const copy = client.query(copyFrom('COPY flat FROM STDIN (FORMAT csv, HEADER)'));
      await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), copy);
      times.push(secondsSince(began));
      await client.query('DROP TABLE flat');
    }
    return times;
  });
}

/** From sending the first byte to the last row written, with the seconds after which each phase was over. */
async function importFile({ url, token }, file, worker) {
  const headers = { Authorization: `Bearer ${token}` };
  const form = new FormData();
  form.append('options', JSON.stringify({ target: 'members', mode: 'upsert', commit: true }));
  form.append('file', await openAsBlob(file), 'members.csv');
  const began = performance.now();
  const answer = await fetch(`${url}/v1/imports`, { method: 'POST', headers, body: form });
  const { id } = await answer.json();
  if (answer.status !== 202) throw new Error(`The upload was answered with ${answer.status}`);
  const uploaded = secondsSince(began);
  let analyzed;
  while (worker.exitCode === null && secondsSince(began) < 60 + (ROWS / 1_000) * PATIENCE) {
    const { status, counts } = await (await fetch(`${url}/v1/imports/${id}`, { headers })).json();
    if (status !== 'analyzing') analyzed ??= secondsSince(began);
    if (status === 'completed') return { seconds: secondsSince(began), uploaded, analyzed, counts };
    if (status === 'failed') break;
    await sleep(LOOK);
  }
  throw new Error('The import did not come to its end');
}

async function withWorker(databaseUrl, work) {
  const worker = start(WORKER, {
    DATABASE_URL: databaseUrl,
    SMTP_URL: 'smtp://127.0.0.1:9',
  });
  worker.child.stdout.resume();
  try {
    await sleep(3_000);
    return await work(worker.child);
  } finally {
    await worker.stop();
  }
}

/** Most megabytes a process has held at once. Linux only: read from /proc. */
const peakOf = (pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const addTier = (client) =>
  client.query(
    `INSERT INTO membership_tiers (id, version, code, name, grace_days) VALUES (gen_random_uuid(), 1, 'gold', 'Gold', 30)`,
  );

/** Seconds for the same records when nobody has to read, match or plan them: four INSERTs for each batch. */
async function bare(databaseUrl) {
  return withClient(databaseUrl, async (client) => {
    await addTier(client);
    await client.query(`CREATE UNLOGGED TABLE ready AS ${READY}`);
    await client.query('CREATE INDEX ON ready (i)');
    await client.query('ANALYZE ready');
    const began = performance.now();
    for (let from = 0; from < ROWS; from += BATCH) {
      await client.query('BEGIN');
      for (const insert of INSERTS) await client.query(insert, [from, from + BATCH - 1]);
      await client.query('COMMIT');
    }
    return secondsSince(began);
  });
}

/** The keys are about as long as folded names are, and made of as many words. */
const READY = `
  SELECT i, gen_random_uuid() AS organization, gen_random_uuid() AS person, gen_random_uuid() AS position,
    gen_random_uuid() AS membership, (SELECT id FROM membership_tiers) AS tier, 'Şirkət ' || i || ' Enerji' AS name,
    'abid' || chr(97 + i % 26) || chr(97 + i / 26 % 26) || ' ' || 'ural' || chr(97 + i / 676 % 26) || chr(97 + i / 17576 % 26)
      || ' anarji' || i / 456976 AS key, 'www.sirket-' || i || '.example.com' AS domain,
    'aidan nur' || chr(97 + i % 26) || chr(97 + i / 26 % 26) || 'ova' AS person_key, 'Aydan Çinarlı ' || i AS full_name, 'c' || i || '@sirket-' || i || '.example.com' AS email
  FROM generate_series(0, ${ROWS - 1}) i`;

const INSERTS = [
  `INSERT INTO organizations (id, name, legal_name, kind, country, website, domain, sectors, tags, search_key, alias_key, match_key)
   SELECT organization, name, '“' || name || '” MMC', 'company', 'AZ', 'https://' || domain, domain, '{energy}', '{exporter}', key,
     key || ' mmj', key FROM ready WHERE i BETWEEN $1 AND $2`,
  `INSERT INTO people (id, full_name, email, phone, locale, search_key, match_key)
   SELECT person, full_name, email, '+9941255' || i, 'az', person_key, person_key FROM ready WHERE i BETWEEN $1 AND $2`,
  `INSERT INTO positions (id, person_id, organization_id, title, preferred)
   SELECT position, person, organization, 'Direktor', true FROM ready WHERE i BETWEEN $1 AND $2`,
  `INSERT INTO memberships (id, organization_id, tier_id, joined_on, starts_on, ends_on, search_key)
   SELECT membership, organization, tier, '2018-01-01', '2025-01-01', '2025-12-31', key FROM ready WHERE i BETWEEN $1 AND $2`,
];

async function withClient(databaseUrl, work) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const secondsSince = (began) => (performance.now() - began) / 1000;
