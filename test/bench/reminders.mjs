import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { start, withApi, withDatabase } from './system.mjs';

const MESSAGES = 1000;
/** Milliseconds until the reminders are due. */
const LEAD = 5_000;
/** Milliseconds after which the run is given up. */
const PATIENCE = 90_000;

/** 1,000 reminders due at one moment: how long until SMTP has the last, how late each was, and that none came twice. */
export async function reminders() {
  return withDatabase((databaseUrl) => withApi(databaseUrl, () => deliver(databaseUrl)));
}

async function deliver(databaseUrl) {
  const arrivals = new Map();
  const sink = await smtpSink((messageId) => arrivals.set(messageId, [...(arrivals.get(messageId) ?? []), Date.now()]));
  const worker = start(['dist/apps/worker/src/main.js'], {
    DATABASE_URL: databaseUrl,
    SMTP_URL: `smtp://127.0.0.1:${sink.server.address().port}`,
  });
  worker.child.stdout.resume();
  try {
    await sleep(2_000);
    const due = Date.now() + LEAD;
    await plan(databaseUrl, new Date(due));
    await untilAll(arrivals, due + PATIENCE);
    const lateness = [...arrivals.values()].map(([first]) => first - due).sort((a, b) => a - b);
    const twice = [...arrivals.values()].filter((times) => times.length > 1).length;
    return {
      delivered: arrivals.size,
      twice,
      median: lateness[Math.floor(lateness.length / 2)] / 1000,
      last: lateness.at(-1) / 1000,
    };
  } finally {
    await worker.stop();
    await new Promise((resolve) => sink.close(resolve));
  }
}

function smtpSink(onMessage) {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        onMessage(/^message-id: *(.+)$/im.exec(Buffer.concat(chunks).toString())?.[1]);
        done();
      });
    },
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Straight into the ledger, as planning leaves it. */
async function plan(databaseUrl, due) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `INSERT INTO messages (id, kind, status, dedupe_key, email, recipient_name, locale, time_zone, template_key, data, subject, send_at, due_at, not_after)
     SELECT gen_random_uuid(), 'reminder', 'planned', 'bench:' || i, 'member' || i || '@example.com', 'Member ' || i, 'en', 'Asia/Baku', 'task_reminder',
       jsonb_build_object('title', 'Call ' || i, 'timeZone', 'Asia/Baku', 'startsAt', $1::timestamptz + interval '1 hour'), 'Call ' || i, $1, $1, $1::timestamptz + interval '1 hour'
     FROM generate_series(1, $2::int) i`,
    [due, MESSAGES],
  );
  await client.end();
}

async function untilAll(arrivals, until) {
  while (arrivals.size < MESSAGES && Date.now() < until) await sleep(50);
}
