import type { Actor } from '#database';
import type { DateOrder } from './import-dates.js';
import type { Delimiter } from './delimiter.js';
import type { EncodingSource } from './encoding-guess.js';
import type { Encoding } from './encodings.js';
import type { ImportMode, ImportStatus } from './import-status.js';

/** How a client wants its file to be read. */
export interface ImportOptions {
  target: string;
  mode: ImportMode;
  /** A label that namedEncoding knows; found by itself when absent. */
  encoding?: string;
  /** Found by itself when absent. */
  delimiter?: Delimiter;
  dateOrder?: DateOrder;
  /** Name of a column (see columnNames) → field, or null to leave it out; goes before what is recognised. */
  mapping?: Record<string, string | null>;
  /** Commits as soon as the analysis is done. */
  commit?: boolean;
}

/** What was found out about the file. */
export interface Detected {
  encoding: Encoding;
  encodingSource: EncodingSource;
  delimiter: Delimiter;
  delimiterSource: DelimiterSource;
  mapping: Record<string, string>;
  unmapped: string[];
  /** What people should look at before they commit. */
  warnings: FileWarning[];
}

/** Where the knowledge of the delimiter comes from: the client, a first line `sep=;`, or the rows themselves. */
export type DelimiterSource = 'given' | 'declared' | 'content';

/** Something about the file as a whole that may be wrong, and the first place that shows it. */
export interface FileWarning {
  code: string;
  message: string;
  line?: number;
  column?: number;
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
  /** Rows from this one on are taken back. */
  revertedFrom: number;
  failed: number;
  attempts: number;
  /** Rows failed at commit that the analysis had thought sound. */
  anyLost: boolean;
}
