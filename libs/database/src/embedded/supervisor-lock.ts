import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { DataDirInUseError } from './embedded-postgres.errors.js';
import { isAlive } from './processes.js';
import { supervisorPid } from './server-connection.js';

/** An advisory lock number of our own: "CHMB" in ASCII, then 1 for "supervisor". */
const LOCK = [0x43484d42, 1] as const;

/** How long the server may need to notice that a killed supervisor is gone. */
const PATIENCE_MS = 5_000;

/**
 * Makes this connection the one supervisor of the server for as long as it stays open; the server itself
 * releases the lock when we die. DataDirInUseError when a live supervisor holds it.
 */
export async function holdSupervisorLock(client: Client, dataDir: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS held', [...LOCK]);
    if (rows[0]?.held) return;
    const holder = await findHolder(client);
    if (Date.now() > deadline || (holder !== undefined && isAlive(holder)))
      throw new DataDirInUseError(dataDir, holder);
    await sleep(50);
  }
}

async function findHolder(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ application_name: string }>(
    `SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND classid::bigint = $1 AND objid::bigint = $2`,
    [...LOCK],
  );
  return rows[0] && supervisorPid(rows[0].application_name);
}
