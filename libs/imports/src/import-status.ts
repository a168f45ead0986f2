/**
 * analyzing → ready → running → completed; failed when the machinery, not a row, gave up; cancelled by people. What was
 * written can then be taken back: reverting → reverted.
 */
export const IMPORT_STATUSES = [
  'analyzing',
  'ready',
  'running',
  'completed',
  'failed',
  'cancelled',
  'reverting',
  'reverted',
] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** upsert creates and updates; create never updates; update never creates; fill updates empty fields only. */
export const IMPORT_MODES = ['upsert', 'create', 'update', 'fill'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/** What becomes, or became, of a row. */
export const VERDICTS = ['create', 'update', 'unchanged', 'skip', 'error'] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * What a revert made of a row: what it created is gone, what it changed is as before, all of it stays, or some of it
 * stays.
 */
export const REVERSALS = ['removed', 'restored', 'kept', 'partly_kept'] as const;
export type Reversal = (typeof REVERSALS)[number];

const FOLLOWING: Record<ImportStatus, readonly ImportStatus[]> = {
  analyzing: ['ready', 'running', 'failed', 'cancelled'],
  ready: ['running', 'cancelled'],
  running: ['completed', 'failed', 'cancelled'],
  completed: ['reverting'],
  failed: ['reverting'],
  cancelled: ['reverting'],
  reverting: ['reverted', 'failed'],
  reverted: [],
};

/** Whether an import may go from one status to the other. */
export const mayBecome = (from: ImportStatus, to: ImportStatus): boolean => FOLLOWING[from].includes(to);

/** Statuses in which a worker has something to do. */
export const AT_WORK = ['analyzing', 'running', 'reverting'] as const satisfies ImportStatus[];
