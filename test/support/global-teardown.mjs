import { rmSync } from 'node:fs';

export default async function tearDown() {
  await globalThis.embeddedPostgres?.stop();
  if (globalThis.embeddedPostgresDataDir) rmSync(globalThis.embeddedPostgresDataDir, { recursive: true, force: true });
}
