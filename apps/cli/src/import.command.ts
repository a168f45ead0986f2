import { Listr } from 'listr2';
import { ConfigError } from '#config';
import { ApiClient } from './api-client.js';
import { type ImportAnswer, problemRows, runImport } from './import-run.js';
import { progressBar } from './progress-bar.js';

export interface ImportCommandOptions {
  url: string;
  email?: string;
  password?: string;
  apiKey?: string;
  mode: string;
  delimiter?: string;
  dateOrder?: string;
  /** Only analyse: show what would happen and write nothing. */
  dryRun?: boolean;
}

/** `chamberlain import FILE`: sends a members list to a running Chamberlain and shows how it fares. */
export async function importFile(file: string, options: ImportCommandOptions): Promise<void> {
  const client = await clientOf(options);
  const { mode, delimiter, dateOrder } = options;
  const asked = { mode, delimiter, dateOrder, commit: !options.dryRun };
  let result: ImportAnswer | undefined;
  await new Listr([
    {
      title: `Import ${file}`,
      task: async (_context, task) => {
        result = await runImport(
          client,
          file,
          asked,
          ({ status, progress }) => (task.output = `${status.padEnd(9)} ${progressBar(progress.done, progress.total)}`),
        );
      },
    },
  ]).run();
  if (result) await summarize(client, result);
}

async function clientOf({ url, email, password, apiKey }: ImportCommandOptions): Promise<ApiClient> {
  if (apiKey) return ApiClient.withKey(url, apiKey);
  if (email && password) return ApiClient.signIn(url, email, password);
  throw new ConfigError(['Say who you are: --api-key KEY (or CHAMBERLAIN_API_KEY), or --email and --password']);
}

async function summarize(client: ApiClient, { id, status, counts, failure }: ImportAnswer): Promise<void> {
  const forecast = status === 'ready' ? ' (forecast, nothing is written yet)' : '';
  const words = Object.entries(counts).map(([word, count]) => `${count} ${word}`);
  process.stdout.write(`${status}${forecast}: ${words.join(', ')}\n`);
  if (failure) process.stdout.write(`${failure}\n`);
  for (const row of await problemRows(client, id)) {
    for (const { column, message } of row.problems)
      process.stdout.write(`  row ${row.rowNumber}${column ? `, ${column}` : ''}: ${message}\n`);
  }
  if (status === 'failed') process.exitCode = 1;
}
