/** Search against an exact e-mail look-up through the same API, among 100,000 people and among a million. */
import pg from 'pg';
import { migrate } from '#database';
import { nameKey, personKey } from '#records';
import { familyNames, givenNames } from './people-names.mjs';
import { withApi, withDatabase } from './system.mjs';

const FEW = 100_000;
const MANY = 1_000_000;
const BATCH = 20_000;
const ROUNDS = 300;
const WARM_UP = 40;

const GIVEN = givenNames();
const FAMILY = familyNames();

/** Of the commonest names and of all of them. */
const common = (names, most) => names[Math.floor(Math.random() ** 2 * most)];
const any = (names) => names[Math.floor(Math.random() * names.length)];
const mistyped = (word) => {
  const at = 1 + Math.floor(Math.random() * (word.length - 2));
  return word.slice(0, at) + word.slice(at + 1);
};

const QUESTIONS = {
  'exact name': () => `${any(GIVEN)} ${common(FAMILY, 500)}`,
  'other word order': () => `${common(FAMILY, 500)} ${any(GIVEN)}`,
  'two common names': () => `${common(GIVEN, 10)} ${common(FAMILY, 10)}`,
  'one common name': () => (Math.random() < 0.5 ? common(GIVEN, 10) : common(FAMILY, 10)),
  'start of a name': () => `${any(GIVEN)} ${common(FAMILY, 500).slice(0, 3)}`,
  'rare surname': () => any(FAMILY),
  'another name': (people) => `Alias ${1 + Math.floor((Math.random() * people) / 1000)}`,
  'typing error': () => mistyped(common(FAMILY, 3000)),
  'two words, typing error': () => `${any(GIVEN)} ${mistyped(common(FAMILY, 3000))}`,
  'e-mail address': (people) => addressOf(1 + Math.floor(Math.random() * people)),
  'nobody’s name': () => `${mistyped(any(GIVEN))}qx ${mistyped(any(FAMILY))}zw`,
};

const addressOf = (number) => `person${number}@mail.example`;

/** Ratios of 95th percentiles: each kind of search to the look-up, and a million people to a tenth of them. */
export async function search() {
  return withDatabase(async (manyUrl) => {
    const fewUrl = await secondDatabase(manyUrl);
    const loaded = [await load(fewUrl, FEW), await load(manyUrl, MANY)];
    const { few, many } = await withApi(fewUrl, (small) => withApi(manyUrl, (big) => compare(small, big)));
    const kinds = Object.keys(QUESTIONS);
    const [fewAll, manyAll] = [few, many].map((times) => p95(kinds.flatMap((kind) => times[kind])));
    return {
      rowsPerSecond: loaded[1],
      lookUp: p95(many.lookUp),
      search: manyAll,
      ratio: manyAll / p95(many.lookUp),
      growth: manyAll / fewAll,
      kinds: kinds.map((kind) => ({ kind, p95: p95(many[kind]), ratio: p95(many[kind]) / p95(many.lookUp) })),
    };
  });
}

async function secondDatabase(url) {
  const second = new URL(url);
  second.pathname = '/few';
  await withClient(url, (client) => client.query('CREATE DATABASE few'));
  await migrate(second.href);
  return second.href;
}

/** Look-up and searches in turn, on both databases in turn, so that no answer is favoured by a quiet moment. */
async function compare(small, big) {
  const few = { lookUp: [] };
  const many = { lookUp: [] };
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [kind, question] of Object.entries(QUESTIONS)) {
      for (const [api, times, people] of [
        [small, few, FEW],
        [big, many, MANY],
      ]) {
        const address = addressOf(1 + Math.floor(Math.random() * people));
        const lookUp = await timed(api, `/v1/people?filter[email]=${address}`);
        const found = await timed(api, `/v1/search?q=${encodeURIComponent(question(people))}`);
        if (round < 0) continue;
        times.lookUp.push(lookUp);
        (times[kind] ??= []).push(found);
      }
    }
  }
  return { few, many };
}

async function timed({ url, token }, path) {
  const began = performance.now();
  const answer = await fetch(url + path, { headers: { Authorization: `Bearer ${token}` } });
  await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return performance.now() - began;
}

/** Answers people per second. One in a thousand has an alias. */
async function load(url, people) {
  return withClient(url, async (client) => {
    await names(client, 'given', GIVEN);
    await names(client, 'family', FAMILY);
    await client.query('SELECT setseed(0.5)');
    const began = performance.now();
    for (let from = 1; from <= people; from += BATCH) await client.query(PEOPLE, [from, from + BATCH - 1]);
    const rate = (people * 1000) / (performance.now() - began);
    await client.query('DROP TABLE given, family');
    await client.query('ANALYZE');
    return rate;
  });
}

async function names(client, table, list) {
  await client.query(`CREATE TABLE ${table} (at integer PRIMARY KEY, name text, key text, person_key text)`);
  await client.query(
    `INSERT INTO ${table} SELECT ordinality - 1, name, key, person_key
     FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS t (name, key, person_key)`,
    [list, list.map(nameKey), list.map(personKey)],
  );
  await client.query(`ANALYZE ${table}`);
}

const PEOPLE = `
  INSERT INTO people (id, full_name, email, aliases, search_key, alias_key, match_key)
  SELECT (lpad(to_hex(1790000000000 + i), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid,
         g.name || ' ' || f.name, 'person' || i || '@mail.example',
         CASE WHEN i % 1000 = 0 THEN ARRAY['Alias ' || i / 1000] ELSE '{}' END, g.key || ' ' || f.key,
         CASE WHEN i % 1000 = 0 THEN 'alias ' || i / 1000 ELSE '' END,
         least(g.person_key, f.person_key) || ' ' || greatest(g.person_key, f.person_key)
  FROM (SELECT i, floor(${GIVEN.length} * power(random(), 1.7))::int AS g, floor(${FAMILY.length} * power(random(), 2.2))::int AS f
        FROM generate_series($1::int, $2::int) i) one
  JOIN given g ON g.at = one.g JOIN family f ON f.at = one.f`;

async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const p95 = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)];
