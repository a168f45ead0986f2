import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What a `*.thread.ts` exports as `run`. `report` sends progress to `onMessage`; the result must be plain data. */
export type ThreadWork<Data, Result> = (data: Data, report: (progress: unknown) => void) => Result | Promise<Result>;

/** A thread's letter to the one who started it. */
export type Letter = { progress: unknown } | { result: unknown };

export interface ThreadOptions {
  /** Milliseconds after which the thread is ended and the promise rejects. */
  timeout: number;
  /** MB of JavaScript heap; WebAssembly and buffers are not counted by Node. Default: Node's. */
  memory?: number;
  onMessage?: (progress: unknown) => void;
  /** Ends the thread; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** A thread that brought no result. */
export class ThreadFailed extends Error {
  constructor(
    readonly code: 'timed_out' | 'out_of_memory' | 'ended_early',
    message: string,
  ) {
    super(message);
    this.name = 'ThreadFailed';
  }
}

/** Node fires a timer of more milliseconds at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The compiled `<name>.thread.js` of the caller's folder (`__dirname`); from TypeScript sources, the one below dist. */
export function threadFile(directory: string, name: string): string {
  const root = packageRoot(directory);
  const below = relative(root, directory);
  const inDist = below === 'dist' || /^dist[/\\]/.test(below);
  const file = join(inDist ? directory : join(root, 'dist', below), `${name}.thread.js`);
  if (!existsSync(file)) throw new Error(`There is no thread ${file}; it is built by \`npm run build\`.`);
  return file;
}

function packageRoot(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory;
  if (dirname(directory) === directory) throw new Error('Threads are looked for below a package.json; there is none.');
  return packageRoot(dirname(directory));
}

/**
 * Runs `run(data)` of the module `file` in a thread of its own. Settles only when the thread has ended: by its result, by
 * what it threw, by ThreadFailed, or by the signal's reason.
 */
export async function inThread<Result>(file: string, data: unknown, options: ThreadOptions): Promise<Result> {
  options.signal?.throwIfAborted();
  const worker = new Worker(threadFile(__dirname, 'host'), {
    workerData: { file: pathToFileURL(file).href, data },
    ...(options.memory && { resourceLimits: { maxOldGenerationSizeMb: options.memory } }),
  });
  return await outcome<Result>(worker, options);
}

function outcome<Result>(worker: Worker, { timeout, memory, onMessage, signal }: ThreadOptions): Promise<Result> {
  return new Promise((resolve, reject) => {
    let settle = (): void => reject(new ThreadFailed('ended_early', 'The thread ended without a result.'));
    // The first that happens counts; ending the thread calls forth an exit, and only that settles the promise.
    const end = (how: () => void): void => {
      stopListening();
      settle = how;
      void worker.terminate();
    };
    const late = (): ThreadFailed => new ThreadFailed('timed_out', `The thread was ended after ${timeout} ms.`);
    const timer = setTimeout(() => end(() => reject(late())), Math.min(timeout, LONGEST_TIMER));
    const abort = (): void => end(() => reject(signal?.reason as Error));
    const stopListening = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      worker.removeAllListeners('message');
    };
    signal?.addEventListener('abort', abort, { once: true });
    worker.on('message', (letter: Letter) => {
      if ('result' in letter) end(() => resolve(letter.result as Result));
      else onMessage?.(letter.progress);
    });
    worker.on('messageerror', (error) => end(() => reject(error)));
    worker.on('error', (error) => end(() => reject(explained(error, memory))));
    worker.on('exit', () => {
      stopListening();
      settle();
    });
  });
}

function explained(error: NodeJS.ErrnoException, memory?: number): Error {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  const limit = memory ? `its ${memory} MB` : 'Node allows';
  return new ThreadFailed('out_of_memory', `The thread needed more memory than ${limit}.`);
}
