/**
 * A small program that supervises an embedded PostgreSQL the way the real one does, for tests that kill it.
 * Arguments: the folder with the compiled supervisor, and its options as JSON. Speaks JSON lines on stdout.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [compiled, options] = process.argv.slice(2);
const require = createRequire(join(compiled, 'index.js'));
const { startEmbeddedPostgres } = require('./embedded-postgres.js');
const { Client } = require('pg');

const say = (event, details = {}) => process.stdout.write(`${JSON.stringify({ event, ...details })}\n`);

/** Stands for the requests in flight that a real program finishes before it lets the database go. */
async function drain(url) {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('SELECT pg_sleep(0.3)');
  await client.end();
  say('drained');
}

try {
  say('starting');
  const postgres = await startEmbeddedPostgres({
    fsync: false,
    ...JSON.parse(options),
    log: (line) => say('log', { line }),
    onLost: (error) => say('lost', { message: error.message }),
  });
  const busy = setInterval(() => undefined, 1_000);
  process.once('SIGINT', async () => {
    await drain(postgres.url);
    await postgres.stop();
    clearInterval(busy);
    say('stopped');
  });
  say('ready', { url: postgres.url, pid: postgres.pid, attached: postgres.attached });
} catch (error) {
  say('failed', { name: error.name, message: error.message });
  process.exitCode = 1;
}
