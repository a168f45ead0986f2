import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Runs the worker the way an administrator does. */
async function run(env: Record<string, string>): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ['dist/apps/worker/src/main.js'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

describe('a worker that is started on its own', () => {
  it('says everything that is missing, at once and without a stack', async () => {
    const { code, output } = await run({});
    expect(code).toBe(1);
    expect(output).toMatch(/DATABASE_URL is required.*\n.*SMTP_URL is required/);
    expect(output).not.toContain('    at ');
  });

  it('names what is wrong besides', async () => {
    const { code, output } = await run({ WORKER_CONCURRENCY: 'many', SMTP_URL: 'mail.example.com' });
    expect(code).toBe(1);
    expect(output).toMatch(/SMTP_URL must[^]*WORKER_CONCURRENCY must/);
  });
});
