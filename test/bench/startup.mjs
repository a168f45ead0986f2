import { median, start, temporaryFolder, untilReady, freePort } from './system.mjs';

const ROUNDS = 3;

/** Seconds from `npm start` to a system that is ready, on a fresh DATA_DIR and on one that was used before. */
export async function startup() {
  const fresh = [];
  const existing = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { folder, remove } = temporaryFolder();
    fresh.push(await once(folder));
    existing.push(await once(folder));
    remove();
  }
  return { fresh: median(fresh), existing: median(existing) };
}

async function once(folder) {
  const port = await freePort();
  const system = start(['dist/apps/cli/src/main.js', 'up'], { DATA_DIR: folder, PORT: String(port) });
  system.child.stdout.resume();
  try {
    return (await untilReady(`http://127.0.0.1:${port}/health/ready`)) / 1000;
  } finally {
    await system.stop('SIGINT');
  }
}
