import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api-client.js';

/** An import as the API tells it. */
export interface ImportAnswer {
  id: string;
  status: string;
  progress: { done: number; total: number };
  counts: { total: number; created: number; updated: number; unchanged: number; skipped: number; failed: number };
  failure?: string | null;
}

export interface ImportProblemRow {
  rowNumber: number;
  problems: { column: string | null; code: string; message: string }[];
}

/** Milliseconds between two looks at a running import. */
const LOOK = 150;
const SETTLED = new Set(['ready', 'completed', 'failed', 'cancelled', 'reverted']);

/** Uploads a file and follows the import until it waits for somebody or has ended; `onProgress` hears of every look. */
export async function runImport(
  client: ApiClient,
  file: string,
  options: object,
  onProgress: (now: ImportAnswer) => void,
): Promise<ImportAnswer> {
  const { id } = await client.upload<{ id: string }>('/v1/imports', file, { target: 'members', ...options });
  for (;;) {
    const now = await client.get<ImportAnswer>(`/v1/imports/${id}`);
    onProgress(now);
    if (SETTLED.has(now.status)) return now;
    await sleep(LOOK);
  }
}

/** The rows that failed, at most 200, with what is wrong in each. */
export async function problemRows(client: ApiClient, id: string): Promise<ImportProblemRow[]> {
  const { data } = await client.get<{ data: ImportProblemRow[] }>(
    `/v1/imports/${id}/rows?filter[verdict]=error&limit=200`,
  );
  return data;
}
