import { readFileSync } from 'node:fs';
import pg from 'pg';
import { median, withApi, withDatabase } from './system.mjs';

const DAY = 86_400_000;
const PEOPLE = 10_000;
/** The most that one round reaches. */
const MOST = 50_000;
const ROUNDS = 3;

/** Seconds until 10,000 people are invited by one POST, and until their mails follow a conference that moves. */
export async function invitations() {
  return withDatabase((databaseUrl) =>
    withApi(databaseUrl, async (api) => {
      await people(databaseUrl, 1, PEOPLE, 'AZ');
      const runs = [];
      for (let round = 0; round < ROUNDS; round++) runs.push(await invite(api, 'AZ', PEOPLE));
      const moved = await timed(() => move(api, runs.at(-1).id));
      await people(databaseUrl, PEOPLE + 1, PEOPLE + MOST, 'US');
      const largest = await invite(api, 'US', MOST);
      const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${api.pid}/status`, 'utf8'))?.[1]) / 1024;
      const of = (key) => median(runs.map((run) => run[key]));
      return { preview: of('preview'), planned: of('planned'), moved, most: MOST, largest: largest.planned, peak };
    }),
  );
}

async function invite(api, country, count) {
  const { id } = await post(api, '/v1/conferences', {
    name: 'U.S.-Azerbaijan Economic Forum',
    status: 'published',
    ...days(60),
    timeZone: 'America/New_York',
    venue: 'Willard InterContinental',
  });
  const round = {
    about: { type: 'conference', id },
    recipients: { countries: [country] },
    respondBy: new Date(Date.now() + 40 * DAY).toISOString(),
    nudges: ['P7D'],
  };
  const preview = await timed(() => post(api, '/v1/invitations', { ...round, dryRun: true }));
  let answer;
  const planned = await timed(async () => (answer = await post(api, '/v1/invitations', round)));
  if (answer.counts.invited !== count) throw new Error(`Invited ${JSON.stringify(answer.counts)}, not ${count}.`);
  return { id, preview, planned };
}

const days = (from) => ({
  startsAt: new Date(Date.now() + from * DAY).toISOString(),
  endsAt: new Date(Date.now() + (from + 2) * DAY).toISOString(),
});

const move = (api, id) => send(api, 'PATCH', `/v1/conferences/${id}`, days(70));
const post = (api, path, body) => send(api, 'POST', path, body);

async function send({ url, token }, method, path, body) {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function timed(work) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** Three languages, four zones and some without. */
async function people(databaseUrl, from, to, country) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `INSERT INTO people (id, search_key, match_key, full_name, email, country, locale, time_zone)
     SELECT gen_random_uuid(), 'invitee ' || i, 'invitee ' || i, 'Invitee ' || i, 'invitee' || i || '@example.com', $3,
       (ARRAY['en', 'az', 'ru'])[1 + i % 3], (ARRAY['Asia/Baku', 'America/New_York', 'Europe/London', 'Asia/Tbilisi', NULL])[1 + i % 5]
     FROM generate_series($1::int, $2::int) i`,
    [from, to, country],
  );
  await client.query('ANALYZE people, records');
  await client.end();
}
