import type { Actor } from '#database';
import type { DateOrder } from './import-dates.js';
import type { Delimiter } from './delimiter.js';
import type { ImportMode, ImportStatus } from './import-status.js';

/** How a client wants its file to be read. */
export interface ImportOptions {
  target: string;
  mode: ImportMode;
  /** Only `utf-8`. */
  encoding?: string;
  /** Found by itself when absent. */
  delimiter?: Delimiter;
  dateOrder?: DateOrder;
  /** Header as written → field, or null to leave the column out; goes before what is recognised. */
  mapping?: Record<string, string | null>;
  /** Commits as soon as the analysis is done. */
  commit?: boolean;
}

/** What was found out about the file. */
export interface Detected {
  encoding: 'utf-8';
  delimiter: Delimiter;
  mapping: Record<string, string>;
  unmapped: string[];
}

/** One row of `imports` as the program sees it while it works. */
export interface ImportState {
  id: string;
  target: string;
  mode: ImportMode;
  status: ImportStatus;
  options: ImportOptions;
  actor: Actor;
  requestId: string | null;
  fileName: string;
  header: string[];
  rowCount: number;
  analyzedThrough: number;
  committedThrough: number;
  failed: number;
  attempts: number;
  /** Rows failed at commit that the analysis had thought sound. */
  anyLost: boolean;
}
