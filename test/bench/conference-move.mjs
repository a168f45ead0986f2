import { readFileSync } from 'node:fs';
import pg from 'pg';
import { median, withApi, withDatabase } from './system.mjs';

const REGISTERED = 5_000;
const SESSIONS = 40;
const MOVES = 5;
const JOINS = 20;
const DAY = 86_400_000;

/**
 * A conference of 5,000 registrations, all of them told and reminded by two rules, with 40 sessions of four speakers: how
 * long it takes to be published, and to move with all its sessions again and again; and what that costs the API in memory.
 */
export async function conferenceMove() {
  return withDatabase((databaseUrl) => withApi(databaseUrl, (api) => measure(databaseUrl, api)));
}

async function measure(databaseUrl, { url, token, pid }) {
  const call = (method, path, body) => callApi(`${url}/v1${path}`, token, method, body);
  const start = Date.now() + 60 * DAY;
  const days = (at) => ({ startsAt: new Date(at).toISOString(), endsAt: new Date(at + 3 * DAY).toISOString() });
  const { id } = await call('POST', '/conferences', { name: 'A large one', timeZone: 'Asia/Baku', ...days(start) });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await fill(client, id, new Date(start));
    const published = await seconds(() => call('PATCH', `/conferences/${id}`, { status: 'published' }));
    await client.query(
      `UPDATE messages SET status = 'sent', sent_at = now() WHERE kind = 'notice' AND status = 'planned'`,
    );
    await client.query('VACUUM ANALYZE');
    const moves = [];
    const rss = [];
    for (let n = 1; n <= MOVES; n += 1) {
      const body = { ...days(start + n * DAY), moveSessions: true };
      moves.push(await seconds(() => call('PATCH', `/conferences/${id}`, body)));
      rss.push(residentMegabytes(pid));
    }
    const count = await planned(client, id, start + MOVES * DAY);
    const joins = [];
    for (let n = 1; n <= JOINS; n += 1) {
      const { id: personId } = await call('POST', '/people', { fullName: `Late ${n}`, email: `late${n}@example.com` });
      joins.push(await seconds(() => call('POST', `/conferences/${id}/registrations`, { personId })));
    }
    return { published, join: median(joins), moves, median: median(moves), rss, planned: count };
  } finally {
    await client.end();
  }
}

/** Straight into the tables, as 5,000 calls would leave them. */
async function fill(client, conferenceId, start) {
  await client.query(
    `INSERT INTO people (id, full_name, email, time_zone, search_key, alias_key, match_key)
     SELECT gen_random_uuid(), 'Guest ' || i, 'guest' || i || '@example.com', (ARRAY['Asia/Baku', 'America/New_York', NULL])[1 + i % 3], 'guest ' || i, '', 'guest ' || i
     FROM generate_series(1, $1::int) i`,
    [REGISTERED],
  );
  await client.query(
    `INSERT INTO registrations (id, conference_id, person_id, kind, status, code, queued_at)
     SELECT gen_random_uuid(), $1, id, 'attendee', 'confirmed', upper(left(md5(id::text), 10)), now() FROM people`,
    [conferenceId],
  );
  await client.query(
    `INSERT INTO conference_sessions (id, conference_id, title, kind, status, starts_at, ends_at, search_key)
     SELECT gen_random_uuid(), $1, 'Session ' || i, 'panel', 'scheduled', $2::timestamptz + i * interval '1 hour',
       $2::timestamptz + (i + 1) * interval '1 hour', 'session ' || i FROM generate_series(1, $3::int) i`,
    [conferenceId, start, SESSIONS],
  );
  await client.query(
    `INSERT INTO speakers (id, session_id, person_id, role, status)
     SELECT gen_random_uuid(), s.id, p.id, 'speaker', 'confirmed' FROM conference_sessions s
     CROSS JOIN LATERAL (SELECT id FROM people WHERE s.id IS NOT NULL ORDER BY md5(id::text || s.id::text) LIMIT 4) p`,
  );
}

async function planned(client, id, at) {
  const { rows } = await client.query(
    `SELECT count(*)::int AS count FROM messages WHERE about_id = $1 AND kind = 'reminder' AND status = 'planned' AND occurs_at = $2`,
    [id, new Date(at)],
  );
  return rows[0].count;
}

async function callApi(url, token, method, body) {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

async function seconds(work) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const residentMegabytes = (pid) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
