/** analyzing → ready → running → completed; failed when the machinery, not a row, gave up; cancelled by people. */
export const IMPORT_STATUSES = ['analyzing', 'ready', 'running', 'completed', 'failed', 'cancelled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** upsert creates and updates; create never updates; update never creates; fill updates empty fields only. */
export const IMPORT_MODES = ['upsert', 'create', 'update', 'fill'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/** What becomes, or became, of a row. */
export const VERDICTS = ['create', 'update', 'unchanged', 'skip', 'error'] as const;
export type Verdict = (typeof VERDICTS)[number];

const FOLLOWING: Record<ImportStatus, readonly ImportStatus[]> = {
  analyzing: ['ready', 'running', 'failed', 'cancelled'],
  ready: ['running', 'cancelled'],
  running: ['completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};

/** Whether an import may go from one status to the other. */
export const mayBecome = (from: ImportStatus, to: ImportStatus): boolean => FOLLOWING[from].includes(to);

/** Statuses in which a worker has something to do. */
export const AT_WORK = ['analyzing', 'running'] as const satisfies ImportStatus[];
