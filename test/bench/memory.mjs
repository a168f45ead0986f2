import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { withApi, withDatabase } from './system.mjs';

/** Seconds of rest before the reading. */
const REST = 5;

/** Resident megabytes of the API process, after a few requests and a rest. Linux only: read from /proc. */
export async function memory() {
  return withDatabase((databaseUrl) =>
    withApi(databaseUrl, async ({ url, token, pid }) => {
      for (let i = 0; i < 50; i++)
        await (await fetch(`${url}/v1/organizations`, { headers: { Authorization: `Bearer ${token}` } })).text();
      await sleep(REST * 1000);
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return { rss: Number(kilobytes) / 1024 };
    }),
  );
}
