import { inThread, ThreadFailed, threadFile } from '#threads';

export interface Compiled {
  html: string;
  text: string;
  /** What MJML objects to; empty when all is well. */
  errors: string[];
  /** What a mail must not hold, though MJML lets it pass: scripts, and links and styles that a field could turn into one. */
  unsafe: string[];
}

/** Megabytes, and milliseconds for a template that somebody has just written, and for all of the house's own. */
const MEMORY = 512;
const TRIAL_TIME = 20_000;
const TIME = 120_000;

/** MJML and html-to-text need 80 MB and are needed rarely, so they live in a thread that ends with its work. */
export const compileMjml = (sources: string[], timeout = TIME): Promise<Compiled[]> =>
  inThread<Compiled[]>(threadFile(__dirname, 'mjml'), sources, { timeout, memory: MEMORY });

const TOO_MUCH = { html: '', text: '', errors: ['It takes too long, or too much memory, to compile.'], unsafe: [] };

/** The same for one that nobody knows yet: one that is too much for the compiler is a broken one. */
export async function compileTrial(source: string): Promise<Compiled> {
  try {
    const [compiled] = await compileMjml([source], TRIAL_TIME);
    return compiled ?? TOO_MUCH;
  } catch (error) {
    if (error instanceof ThreadFailed) return TOO_MUCH;
    throw error;
  }
}
