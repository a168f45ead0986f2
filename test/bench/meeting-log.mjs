import autocannon from 'autocannon';
import pg from 'pg';
import { v7 } from 'uuid';
import { median, withApi, withDatabase } from './system.mjs';

const ROUNDS = 7;
const SECONDS = 3;
const CONNECTIONS = 10;
const DAY = 86_400_000;

/** What a logged meeting writes, in an order that its foreign keys allow; `records` follow by trigger. */
const WRITTEN = {
  side_meetings: 'id = $1',
  side_meeting_abouts: 'meeting_id = $1',
  side_meeting_participants: 'meeting_id = $1',
  commitments: 'about_id = $1',
  tasks: 'about_id = $1',
  messages: 'about_id IN (SELECT id FROM tasks WHERE about_id = $1)',
  audit_entries: 'request_id = (SELECT request_id FROM audit_entries WHERE about_id = $1 LIMIT 1)',
};

/**
 * Meetings logged per second by one POST each, against the INSERTs that such a POST causes and nothing else: the same rows
 * with the same triggers, one statement for each table, in one transaction over raw pg. As many at a time of both.
 */
export async function meetingLog() {
  return withDatabase((databaseUrl) => withApi(databaseUrl, (api) => measure(databaseUrl, api)));
}

async function measure(databaseUrl, { url, token }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  try {
    await fill(pool);
    const post = { url: `${url}/v1/side-meetings`, method: 'POST', headers: headersWith(token) };
    const body = await heldMeeting(url, token);
    const { id } = await call(post.url, token, body);
    const rows = await rowsOf(pool, id);
    const log = () => logged({ ...post, body: JSON.stringify(body) });
    const bare = () => inserted(pool, rows.perTable);
    const single = () => inserted(pool, rows.perRow);
    await log();
    await bare();
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push({ api: await log(), bare: await bare(), single: await single() });
    const middle = (rate) => median(rounds.map(rate));
    return {
      statements: rows.perTable.length,
      rows: rows.perRow.length,
      api: middle(({ api }) => api),
      bare: middle((round) => round.bare),
      ratio: middle((round) => round.api / round.bare),
      singleRatio: middle((round) => round.api / round.single),
    };
  } finally {
    await pool.end();
  }
}

/** A directory in which names have to be looked for. */
async function fill(pool) {
  await pool.query(
    `INSERT INTO people (id, full_name, email, search_key, alias_key, match_key)
     SELECT gen_random_uuid(), 'Guest ' || i, 'guest' || i || '@example.com', 'guest ' || i, '', 'guest ' || i
     FROM generate_series(1, 10000) i`,
  );
  await pool.query('VACUUM ANALYZE');
}

/** Three people named in three ways, two topics, a summary, two promises and two tasks with a reminder each. */
async function heldMeeting(url, token) {
  const create = (path, values) => call(`${url}/v1${path}`, token, values);
  const me = await call(`${url}/v1/me`, token);
  const ministry = await create('/organizations', { name: 'Ministry of Trade Winds', kind: 'ministry' });
  const company = await create('/organizations', { name: 'Caspian Bridge LLC', kind: 'company' });
  const host = await create('/people', { fullName: 'Elnur Əliyev', email: 'elnur@example.com' });
  const guest = await create('/people', { fullName: 'Jane Doe', email: 'jane@example.com' });
  await create('/people', { fullName: 'Vaqif Rəhimli', email: 'vaqif@example.com' });
  await create(`/people/${host.id}/positions`, { organizationId: ministry.id, title: 'Head of department' });
  const undated = { startsAt: null, endsAt: null };
  const zone = { timeZone: 'America/New_York' };
  const conference = await create('/conferences', { name: 'Trade Conference', ...zone, ...undated });
  const task = (title, days) => ({
    ...{ title, assigneeId: me.id, remindBefore: ['P1D'] },
    dueAt: new Date(Date.now() + days * DAY).toISOString(),
  });
  return {
    ...{ title: 'Talks on ports and grids', kind: 'bilateral', status: 'held', location: 'Hotel lobby', ...zone },
    ...{ startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T11:00' },
    about: [{ type: 'conference', id: conference.id }],
    ...{ topics: ['Ports', 'Grids'], sectors: ['energy'], summary: 'Both sides agreed on the next two steps.' },
    participants: [
      { personId: host.id, side: 'host' },
      { email: guest.email, side: 'visiting', role: 'interpreter' },
      { name: 'Vagif Rahimli', organization: company.name, side: 'visiting' },
    ],
    commitments: [
      { action: 'Send a draft', owedBy: { personId: host.id }, owedTo: { organizationId: company.id } },
      { action: 'Answer it', owedBy: { organizationId: company.id }, owedTo: { organizationId: ministry.id } },
    ],
    followUps: [task('Ask for the draft', 7), task('Call the company', 14)],
  };
}

/** The INSERTs that leave what the POST of this meeting has left, as texts and values; ids are made anew for each run. */
async function rowsOf(pool, meetingId) {
  const tables = [];
  for (const [table, condition] of Object.entries(WRITTEN)) {
    const { rows, fields } = await pool.query(`SELECT * FROM ${table} WHERE ${condition}`, [meetingId]);
    if (rows.length === 0) throw new Error(`The POST has left nothing in ${table}.`);
    const columns = await writable(pool, table);
    const isJson = new Set(fields.filter(({ dataTypeID }) => dataTypeID === 3802).map(({ name }) => name));
    const valuesOf = (row) =>
      columns.map((name) => (isJson.has(name) && row[name] ? JSON.stringify(row[name]) : row[name]));
    tables.push({ table, columns, rows: rows.map(valuesOf) });
  }
  const made = tables.flatMap(({ columns, rows }) => (columns[0] === 'id' ? rows.map(([id]) => id) : []));
  return {
    perTable: tables.map((table) => insertOf(table, made)),
    perRow: tables.flatMap(({ rows, ...table }) => rows.map((row) => insertOf({ ...table, rows: [row] }, made))),
  };
}

async function writable(pool, table) {
  const { rows } = await pool.query(
    `SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  return rows.map((row) => row.column_name);
}

function insertOf({ table, columns, rows }, made) {
  const places = rows.map((row, r) => `(${row.map((_, c) => `$${r * row.length + c + 1}`).join(', ')})`);
  const values = rows.flat();
  const renewed = values.map((value) => typeof value === 'string' && made.some((id) => value.includes(id)));
  return { text: `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${places.join(', ')}`, values, renewed, made };
}

/** The same values with ids of their own, wherever these stand. */
function renew({ text, values, renewed, made }, ids) {
  const anew = (value) => made.reduce((result, id, index) => result.replaceAll(id, ids[index]), value);
  return { text, values: values.map((value, index) => (renewed[index] ? anew(value) : value)) };
}

/** Answered per second. */
async function logged(request) {
  const result = await autocannon({ ...request, connections: CONNECTIONS, duration: SECONDS });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} answers were no success, ${result.errors} errors`);
  return result['2xx'] / result.duration;
}

/** Committed per second. */
async function inserted(pool, statements) {
  const began = performance.now();
  const until = began + SECONDS * 1000;
  let done = 0;
  const work = async () => {
    while (performance.now() < until) {
      await transaction(pool, statements);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return done / ((performance.now() - began) / 1000);
}

async function transaction(pool, statements) {
  const client = await pool.connect();
  try {
    const ids = statements[0].made.map(() => v7());
    await client.query('BEGIN');
    for (const statement of statements) await client.query(renew(statement, ids));
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

const headersWith = (token) => ({ 'Content-Type': 'application/json', Authorization: `Bearer ${token}` });

async function call(url, token, body) {
  const method = body ? 'POST' : 'GET';
  const answer = await fetch(url, { method, headers: headersWith(token), body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
