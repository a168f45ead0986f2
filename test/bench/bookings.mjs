import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { AuditModule } from '#audit';
import { BookingsService, CalendarModule } from '#calendar';
import { Database, DatabaseModule } from '#database';
import { RecordsModule } from '#records';
import { withApi, withDatabase } from './system.mjs';

const ROUNDS = 50;
const RIVALS = 200;
const MEETINGS = 400;
const HOUR = 3_600_000;

/**
 * 200 meetings at once for one person and hour, over HTTP, in 50 rounds: how many win, and how each of the others ends.
 * And what 400 meetings of a mission are booked in, all at once against one by one.
 */
export async function bookings() {
  return withDatabase(async (databaseUrl) => {
    const race = await withApi(databaseUrl, (api) => contested(databaseUrl, api));
    return { ...race, ...(await atOnce(databaseUrl)) };
  });
}

async function contested(databaseUrl, { url, token }) {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  const post = (path, body) => fetch(`${url}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { id: personId } = await (await post('/people', { fullName: 'Elnur Aliyev' })).json();
  const outcomes = {};
  const won = [];
  const began = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) {
    const meeting = meetingOf(personId, Date.UTC(2027, 2, 1) + round * HOUR);
    const statuses = await Promise.all(
      Array.from({ length: RIVALS }, async () => (await drained(post('/side-meetings', meeting))).status),
    );
    for (const status of statuses) outcomes[status] = (outcomes[status] ?? 0) + 1;
    won.push(statuses.filter((status) => status === 201).length);
  }
  const seconds = (performance.now() - began) / 1000;
  return { outcomes, won, perSecond: (ROUNDS * RIVALS) / seconds, deadlocks: await deadlocks(databaseUrl) };
}

const meetingOf = (personId, at) => ({
  title: 'Talks',
  kind: 'bilateral',
  status: 'scheduled',
  startsAt: new Date(at).toISOString(),
  endsAt: new Date(at + HOUR).toISOString(),
  timeZone: 'UTC',
  participants: [{ personId, side: 'host' }],
});

async function drained(answer) {
  const response = await answer;
  await response.arrayBuffer();
  return response;
}

async function deadlocks(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    return rows[0].deadlocks;
  } finally {
    await client.end();
  }
}

/** Three people and a table each; every 24 of them are in one hour. */
async function atOnce(databaseUrl) {
  const module = {
    module: class Bench {},
    imports: [DatabaseModule.forRoot(databaseUrl, 5), AuditModule, RecordsModule, CalendarModule],
  };
  const app = await NestFactory.createApplicationContext(module, { logger: false });
  try {
    const [database, service] = [app.get(Database), app.get(BookingsService)];
    const travel = `INSERT INTO travel_times (id, duration, seconds, enabled) VALUES (gen_random_uuid(), 'PT15M', 900, true)`;
    await database.query(travel);
    const single = await measured(database, async (subjects) => {
      await database.transaction(async () => {
        for (const { aboutId, span, resources } of subjects) await service.book(aboutId, span, resources);
      });
    });
    const bulk = await measured(database, (subjects) => service.bookAll(subjects));
    return { single, bulk };
  } finally {
    await app.close();
  }
}

/** Milliseconds, the fastest of three. */
async function measured(database, work) {
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    const subjects = await meetingsIn(database);
    const began = performance.now();
    await work(subjects);
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}

async function meetingsIn(database) {
  const insert =
    'INSERT INTO records (id, type, title, search_key) SELECT id, $2, $2, $2 FROM unnest($1::uuid[]) AS id';
  const [people, tables, abouts] = [24 * 3, 24, MEETINGS].map((count) =>
    Array.from({ length: count }, () => randomUUID()),
  );
  for (const [ids, type] of [
    [people, 'person'],
    [tables, 'room'],
    [abouts, 'side_meeting'],
  ])
    await database.query(insert, [ids, type]);
  return abouts.map((aboutId, n) => {
    const [hour, seat] = [Math.floor(n / 24), n % 24];
    const startsAt = new Date(Date.UTC(2027, 5, 1) + hour * HOUR);
    const own = [0, 1, 2].map((each) => ({ id: people[seat * 3 + each], kind: 'person' }));
    return {
      aboutId,
      span: { startsAt, endsAt: new Date(startsAt.getTime() + HOUR / 2), place: `Venue ${seat % 3}` },
      resources: [...own, { id: tables[seat], kind: 'room' }],
    };
  });
}
