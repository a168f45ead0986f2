import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api-client.js';

/** An import as the API tells it. */
export interface ImportAnswer {
  id: string;
  status: string;
  detected?: { encoding: string; delimiter: string; unmapped: string[]; warnings: { message: string }[] };
  progress: { done: number; total: number };
  counts: { total: number; created: number; updated: number; unchanged: number; skipped: number; failed: number };
  committedThrough?: number;
  reversal?: { removed: number; restored: number; kept: number; partlyKept: number } | null;
  failure?: string | null;
}

interface Problem {
  column: string | null;
  code: string;
  message: string;
}

export interface ImportProblemRow {
  rowNumber: number;
  problems: Problem[];
  reversal?: { outcome: string; problems: Problem[] } | null;
}

/** A row that changes what is there already. */
export interface ImportChangeRow {
  rowNumber: number;
  changes: { field: string; before: unknown; after: unknown }[];
}

/** Milliseconds between two looks at a running import. */
const LOOK = 150;
const SETTLED = new Set(['ready', 'completed', 'failed', 'cancelled', 'reverted']);

type OnProgress = (now: ImportAnswer) => void;

/** Uploads a file and follows the import until it waits for somebody or has ended; `onProgress` hears of every look. */
export async function runImport(
  client: ApiClient,
  file: string,
  options: object,
  onProgress: OnProgress,
): Promise<ImportAnswer> {
  const { id } = await client.upload<{ id: string }>('/v1/imports', file, { target: 'members', ...options });
  return follow(client, id, onProgress);
}

/** Takes an import back and follows it to its end; one that somebody is taking back already is followed too. */
export async function runRevert(client: ApiClient, id: string, onProgress: OnProgress): Promise<ImportAnswer> {
  const path = `/v1/imports/${encodeURIComponent(id)}`;
  const { status } = await client.get<ImportAnswer>(path);
  if (status !== 'reverting') await client.post(`${path}/revert`);
  return follow(client, id, onProgress);
}

async function follow(client: ApiClient, id: string, onProgress: OnProgress): Promise<ImportAnswer> {
  for (;;) {
    const now = await client.get<ImportAnswer>(`/v1/imports/${id}`);
    onProgress(now);
    if (SETTLED.has(now.status)) return now;
    await sleep(LOOK);
  }
}

/** The rows that failed, at most 200, with what is wrong in each. */
export const problemRows = (client: ApiClient, id: string): Promise<ImportProblemRow[]> =>
  rowsWhere(client, id, 'filter[verdict]=error');

/** The rows that change what is there already, at most 200. */
export const changingRows = (client: ApiClient, id: string): Promise<ImportChangeRow[]> =>
  rowsWhere(client, id, 'filter[verdict]=update');

/** The rows of which something stays after a revert, at most 200. */
export const keptRows = (client: ApiClient, id: string): Promise<ImportProblemRow[]> =>
  rowsWhere(client, id, 'filter[reversal][in]=kept,partly_kept');

async function rowsWhere<Row>(client: ApiClient, id: string, filter: string): Promise<Row[]> {
  const { data } = await client.get<{ data: Row[] }>(`/v1/imports/${id}/rows?${filter}&limit=200`);
  return data;
}
