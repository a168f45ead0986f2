import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { freePort, start, withDatabase } from './system.mjs';

/** Milliseconds after which a run is given up. */
const PATIENCE = 300_000;

/** All of it on each queue engine there is. */
export async function delivery() {
  const runs = [];
  for (const { engine, redisUrl, stop } of [{ engine: 'PostgreSQL' }, ...(await redis())]) {
    const one = await throughput({ redisUrl });
    const two = await throughput({ redisUrl, workers: 2 });
    const single = await throughput({ redisUrl, domains: 1 });
    const calm = await lateness({ redisUrl });
    const busy = await lateness({ redisUrl, invitations: 10_000, spread: 20 });
    runs.push({ engine, one, two, single, calm, busy });
    stop?.();
  }
  return runs;
}

/** Most resident megabytes of a worker in the first half of 50,000 mails, and in the second. */
export async function flat({ mails = 50_000 } = {}) {
  return withDelivery({ workers: 1 }, async ({ query, sink, pids }) => {
    await query(INVITATIONS, [mails, 3_000]);
    const half = await watch(sink, mails / 2, pids);
    const peak = await watch(sink, mails, pids);
    return { delivered: sink.arrivals.size, half, peak };
  });
}

/** A Redis of the bench's own, where redis-server is installed. */
async function redis() {
  const port = await freePort();
  const server = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  });
  const began = await new Promise((resolve) =>
    server.once('spawn', () => resolve(true)).once('error', () => resolve(false)),
  );
  if (!began) return [];
  await sleep(500);
  return [{ engine: 'Redis', redisUrl: `redis://127.0.0.1:${port}`, stop: () => server.kill() }];
}

/** Mails handed over per second of the middle 80 %, by one worker and by two; `domains`: recipients are spread over so many. */
export async function throughput({ mails = 10_000, workers = 1, domains = 3_000, redisUrl } = {}) {
  return withDelivery({ workers, redisUrl }, async ({ query, sink, pids }) => {
    const before = rss(pids);
    const cpu = processor(pids);
    await query(INVITATIONS, [mails, domains]);
    const peak = await watch(sink, mails, pids);
    const times = [...sink.arrivals.values()].map(([first]) => first).sort((a, b) => a - b);
    const [from, to] = [Math.floor(mails * 0.1), Math.floor(mails * 0.9)];
    return {
      delivered: sink.arrivals.size,
      twice: twice(sink),
      perSecond: ((to - from) * 1000) / (times[to] - times[from]),
      cpu: (processor(pids) - cpu) / mails,
      before,
      peak,
    };
  });
}

/** How late 1,000 reminders are that fall due in one minute, or at one moment, with or without 10,000 invitations going out. */
export async function lateness({ reminders = 1_000, spread = 60, invitations = 0, workers = 1, redisUrl } = {}) {
  return withDelivery({ workers, redisUrl }, async ({ query, sink }) => {
    if (invitations > 0) await query(INVITATIONS, [invitations, 3_000]);
    const due = await query(REMINDERS, [reminders, spread]);
    const dueAt = new Map(due.map(({ id, at }) => [id, Number(at)]));
    const late = [];
    const until = Date.now() + PATIENCE;
    while (late.length < reminders && Date.now() < until) {
      await sleep(100);
      for (const [messageId, times] of sink.arrivals) {
        const id = messageId.slice(1, messageId.indexOf('@'));
        if (!dueAt.has(id)) continue;
        late.push(times[0] - dueAt.get(id));
        dueAt.delete(id);
      }
    }
    late.sort((a, b) => a - b);
    const at = (share) => late[Math.min(late.length - 1, Math.floor(late.length * share))] / 1000;
    return { delivered: late.length, twice: twice(sink), median: at(0.5), p99: at(0.99), last: at(1) };
  });
}

async function withDelivery({ workers, redisUrl }, work) {
  const sink = await startSink();
  try {
    return await withDatabase(async (databaseUrl) => {
      const running = Array.from({ length: workers }, () =>
        start(['--max-semi-space-size=4', 'dist/apps/worker/src/main.js'], {
          DATABASE_URL: databaseUrl,
          SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
          ...(redisUrl && { REDIS_URL: redisUrl }),
        }),
      );
      for (const { child } of running) child.stdout.resume();
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      try {
        // Workers that have just started compile templates; that is not what is measured.
        while ((await client.query('SELECT FROM mail_sweeps')).rowCount === 0) await sleep(100);
        await sleep(3_000);
        const query = async (sql, parameters) => (await client.query(sql, parameters)).rows;
        return await work({ query, sink, pids: running.map(({ child }) => child.pid) });
      } finally {
        await client.end();
        await Promise.all(running.map((worker) => worker.stop()));
      }
    });
  } finally {
    sink.process.kill();
  }
}

async function startSink() {
  const child = fork(fileURLToPath(new URL('delivery-sink.mjs', import.meta.url)));
  const [{ port }] = await once(child, 'message');
  const arrivals = new Map();
  child.on('message', (news) => {
    for (const [messageId, at] of news) {
      const times = arrivals.get(messageId);
      if (times) times.push(at);
      else arrivals.set(messageId, [at]);
    }
  });
  return { port, process: child, arrivals };
}

/** Most resident megabytes of a worker until all mails have come. */
async function watch(sink, mails, pids) {
  const until = Date.now() + PATIENCE;
  let peak = 0;
  while (sink.arrivals.size < mails && Date.now() < until) {
    await sleep(250);
    peak = Math.max(peak, rss(pids));
  }
  return peak;
}

const twice = ({ arrivals }) => [...arrivals.values()].filter((times) => times.length > 1).length;

/** Megabytes of the largest. Linux only: read from /proc. */
const rss = (pids) =>
  Math.max(
    ...pids.map((pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024),
  );

/** Milliseconds of processor time that the workers have used. Linux only: ticks of 10 ms. */
const processor = (pids) =>
  pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);

/** Straight into the ledger, as planning leaves it. */
const INVITATIONS = `
  INSERT INTO messages (id, kind, status, dedupe_key, email, recipient_name, locale, time_zone, template_key, data, subject, send_at, due_at)
  SELECT gen_random_uuid(), 'invitation', 'planned', 'bench:invitation:' || i, 'member' || i || '@company' || i % $2::int || '.example',
    'Member ' || i, (ARRAY['en', 'az', 'ru'])[i % 3 + 1], 'Asia/Baku', 'invitation',
    jsonb_build_object('title', 'Forum', 'place', 'Washington', 'timeZone', 'America/New_York', 'startsAt', now() + interval '30 days',
      'endsAt', now() + interval '31 days'), 'Invitation: Forum', now(), now()
  FROM generate_series(1, $1::int) i`;

const REMINDERS = `
  INSERT INTO messages (id, kind, status, dedupe_key, email, recipient_name, locale, time_zone, template_key, data, subject, send_at, due_at, not_after)
  SELECT gen_random_uuid(), 'reminder', 'planned', 'bench:reminder:' || i, 'guest' || i || '@firm' || i % 300 || '.example',
    'Guest ' || i, 'en', 'Asia/Baku', 'task_reminder',
    jsonb_build_object('title', 'Call ' || i, 'timeZone', 'Asia/Baku', 'startsAt', due + interval '1 hour'), 'Call ' || i, due, due, due + interval '1 hour'
  FROM generate_series(1, $1::int) i, LATERAL (SELECT now() + interval '5 s' + i * $2::float8 / $1::int * interval '1 s' AS due) d
  RETURNING id, extract(epoch FROM due_at) * 1000 AS at`;
