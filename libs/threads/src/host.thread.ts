import { parentPort, workerData } from 'node:worker_threads';
import type { Letter, ThreadWork } from './in-thread.js';

/** Stands in every thread: runs the module it was started for and posts what comes of it. */
async function host(): Promise<void> {
  const { file, data } = workerData as { file: string; data: unknown };
  const { run } = (await import(file)) as { run: ThreadWork<unknown, unknown> };
  const result = await run(data, (progress) => post({ progress }));
  answer(result);
}

/** The refusal of what cannot be copied is no Error that would find its way out of a thread. */
function answer(result: unknown): void {
  try {
    post({ result });
  } catch (error) {
    throw new Error(`The thread's result cannot be handed over: ${(error as Error).message}`, { cause: error });
  }
}

function post(letter: Letter): void {
  parentPort?.postMessage(letter);
}

// What it rejects with is thrown out of the thread, where the one who started it hears of it.
void host();
