import { InvalidArgumentError } from 'commander';
import { Listr } from 'listr2';
import { ConfigError } from '#config';
import { ApiClient } from './api-client.js';
import { importSummary } from './import-summary.js';
import { changingRows, type ImportAnswer, keptRows, problemRows, runImport, runRevert } from './import-run.js';
import { progressBar } from './progress-bar.js';

export interface ImportCommandOptions {
  url: string;
  email?: string;
  password?: string;
  apiKey?: string;
  mode: string;
  encoding?: string;
  delimiter?: string;
  dateOrder?: string;
  /** Header as written → field, or null to leave the column out. */
  mapping?: Record<string, string | null>;
  /** Only analyse: show what would happen and write nothing. */
  dryRun?: boolean;
  /** Id of an import to take back, instead of a file. */
  revert?: string;
}

/** Phases as people see them; the others are ends. */
const PHASES: Record<string, string> = { analyzing: 'Analyse', running: 'Write', reverting: 'Take back' };

/**
 * `chamberlain import FILE` sends a members list to a running Chamberlain and shows how it fares; `--revert ID` takes an
 * import back.
 */
export async function importFile(file: string | undefined, options: ImportCommandOptions): Promise<void> {
  if ((file === undefined) === (options.revert === undefined))
    throw new ConfigError(['Say either which FILE to import, or --revert ID']);
  const client = await clientOf(options);
  const result =
    file === undefined
      ? await shown(`Take back import ${options.revert}`, (tell) => runRevert(client, options.revert ?? '', tell))
      : await shown(`Import ${file}`, (tell) => runImport(client, file, asked(options), tell));
  await summarize(client, result);
}

/** `Header=field`; nothing behind the last equals sign leaves the column out. Throws InvalidArgumentError. */
export function addMapping(text: string, known: Record<string, string | null> = {}): Record<string, string | null> {
  const place = text.lastIndexOf('=');
  if (place < 1) throw new InvalidArgumentError('Write it as "Header=field", or "Header=" to leave the column out.');
  return { ...known, [text.slice(0, place)]: text.slice(place + 1).trim() || null };
}

const asked = ({ mode, encoding, delimiter, dateOrder, mapping, dryRun }: ImportCommandOptions): object => ({
  mode,
  encoding,
  delimiter,
  dateOrder,
  mapping,
  commit: !dryRun,
});

/** Runs work with a progress bar below its title, one line for each phase it goes through. */
async function shown(
  title: string,
  work: (tell: (now: ImportAnswer) => void) => Promise<ImportAnswer>,
): Promise<ImportAnswer> {
  const { result } = await new Listr<{ result?: ImportAnswer }>([
    {
      title,
      task: async (context, task) => {
        context.result = await work(({ status, progress }) => {
          const phase = PHASES[status];
          if (phase) task.output = `${phase.padEnd(9)} ${progressBar(progress.done, progress.total)}`;
        });
      },
    },
  ]).run();
  if (!result) throw new Error('The import was not followed to its end.');
  return result;
}

async function clientOf({ url, email, password, apiKey }: ImportCommandOptions): Promise<ApiClient> {
  if (apiKey) return ApiClient.withKey(url, apiKey);
  if (email && password) return ApiClient.signIn(url, email, password);
  throw new ConfigError(['Say who you are: --api-key KEY (or CHAMBERLAIN_API_KEY), or --email and --password']);
}

async function summarize(client: ApiClient, result: ImportAnswer): Promise<void> {
  const isReverted = result.status === 'reverted';
  const rows = isReverted ? await keptRows(client, result.id) : await problemRows(client, result.id);
  const problems = rows.map(({ rowNumber, problems: own, reversal }) => ({
    rowNumber,
    problems: isReverted ? (reversal?.problems ?? []) : own,
  }));
  const changing = result.status === 'ready' ? await changingRows(client, result.id) : [];
  process.stdout.write(importSummary(result, problems, changing));
  if (result.status === 'failed') process.exitCode = 1;
}
