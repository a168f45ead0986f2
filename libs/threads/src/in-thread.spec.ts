import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inThread, threadFile } from './index.js';

describe('A thread', () => {
  const folder = mkdtempSync(join(tmpdir(), 'threads-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  let count = 0;
  const thread = (run: string): string => {
    const file = join(folder, `${++count}.thread.js`);
    writeFileSync(file, `exports.run = ${run};`);
    return file;
  };
  const patient = { timeout: 20_000 };
  const endless = thread('(data, report) => { report("running"); for (;;); }');

  /** How many threads this process has beside those of others: each has a message port that keeps it alive. */
  const alive = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  let before: number;
  beforeEach(() => (before = alive()));
  afterEach(() => expect(alive()).toBe(before));

  it('answers what its module makes of the data', async () => {
    const double = thread('({ number }) => ({ twice: 2 * number })');
    expect(await inThread(double, { number: 21 }, patient)).toEqual({ twice: 42 });
  });

  it('waits for a promise, and hands over progress in order before the result', async () => {
    const counting = thread('async (data, report) => { for (const n of [1, 2, 3]) report(n); return "done"; }');
    const heard: unknown[] = [];
    expect(await inThread(counting, null, { ...patient, onMessage: (progress) => heard.push(progress) })).toBe('done');
    expect(heard).toEqual([1, 2, 3]);
  });

  it('that throws rejects with what it threw', async () => {
    const failing = thread('() => { throw new RangeError("no such number"); }');
    await expect(inThread(failing, null, patient)).rejects.toMatchObject({
      name: 'RangeError',
      message: 'no such number',
    });
    const later = thread('async () => { throw new Error("too late"); }');
    await expect(inThread(later, null, patient)).rejects.toThrow('too late');
  });

  it('that ends itself rejects instead of being waited for', async () => {
    const leaving = thread('() => process.exit(0)');
    await expect(inThread(leaving, null, patient)).rejects.toMatchObject({ code: 'ended_early' });
  });

  it('that leaves a timer behind is ended all the same', async () => {
    const lingering = thread('() => { setInterval(() => {}, 1000); return 1; }');
    expect(await inThread(lingering, null, patient)).toBe(1);
  });

  it('that never ends is ended when its time is up', async () => {
    await expect(inThread(endless, null, { timeout: 300 })).rejects.toMatchObject({
      code: 'timed_out',
      message: 'The thread was ended after 300 ms.',
    });
  });

  it('may have more time than a timer of Node can count', async () => {
    expect(await inThread(thread('() => 1'), null, { timeout: Infinity })).toBe(1);
  });

  it('that eats memory is ended, and the process lives on', async () => {
    const eating = thread('() => { const heap = []; for (;;) heap.push(new Array(1000).fill({})); }');
    await expect(inThread(eating, null, { ...patient, memory: 32 })).rejects.toMatchObject({ code: 'out_of_memory' });
  });

  it('that is aborted in the middle of its work rejects with the reason', async () => {
    const abort = new AbortController();
    const running = inThread(endless, null, {
      ...patient,
      signal: abort.signal,
      onMessage: () => abort.abort(new Error('changed my mind')),
    });
    await expect(running).rejects.toThrow('changed my mind');
  });

  it('is not even started when it is aborted already', async () => {
    const signal = AbortSignal.abort(new Error('never mind'));
    await expect(inThread(thread('() => 1'), null, { ...patient, signal })).rejects.toThrow('never mind');
  });

  it('whose result cannot be handed over says so', async () => {
    await expect(inThread(thread('() => () => 1'), null, patient)).rejects.toThrow(
      /cannot be handed over.*could not be cloned/,
    );
  });

  it('without a module, or with one that has no work, rejects', async () => {
    await expect(inThread(join(folder, 'none.thread.js'), null, patient)).rejects.toThrow('none.thread.js');
    const empty = thread('undefined');
    await expect(inThread(empty, null, patient)).rejects.toThrow('run is not a function');
  });

  it('is found below dist from the sources, and a missing one is named', () => {
    expect(threadFile(__dirname, 'host')).toMatch(/dist[/\\]libs[/\\]threads[/\\]src[/\\]host\.thread\.js$/);
    expect(() => threadFile(__dirname, 'ghost')).toThrow(/ghost\.thread\.js.*npm run build/);
  });
});
