import type { ImportMode, Reversal, Verdict } from './import-status.js';
import type { DateOrder } from './import-dates.js';

/** A column a target understands. */
export interface ImportField {
  name: string;
  /** Headers people write for it, in any language; case, spaces, underscores and marks do not matter. */
  headers: readonly string[];
  /** A file without this column is refused. */
  required?: boolean;
  /** Fields that stand in for a required one. */
  unless?: readonly string[];
  /** May hold line breaks. */
  multiline?: boolean;
}

/** Something a person should know about one cell, or about the whole row when `column` is null. */
export interface RowProblem {
  /** Header as written in the file. */
  column: string | null;
  code: string;
  message: string;
  /** Records an ambiguous row may have meant. */
  candidates?: { type: string; id: string; title: string }[];
  /** Records that need what a revert would have removed. */
  dependents?: { type: string; id: string; title: string }[];
}

/** A value that a row changes about what is stored already. */
export interface RowChange {
  /** Type of the record, `position` for a title. */
  type: string;
  id: string;
  /** Field of the file that the value belongs to. */
  field: string;
  before: unknown;
  after: unknown;
}

/** A row on its way to the target: clean texts by field name; empty cells are absent. */
export interface MappedRow {
  rowNumber: number;
  texts: Readonly<Record<string, string>>;
  /** What the hub found wrong with the cells themselves. */
  problems: RowProblem[];
}

/** Ids of what a row stands for, for links from the ledger. */
export interface RowSubjects {
  organizationId?: string | null;
  personId?: string | null;
  positionId?: string | null;
  membershipId?: string | null;
}

/** What a target decides about a row. */
export interface RowDecision extends RowSubjects {
  rowNumber: number;
  verdict: Verdict;
  problems: RowProblem[];
  /** What the commit will write: parts with the `id` of their subject each; the rest only the target reads. */
  plan?: object | null;
}

/** A name under which later rows of the same file find what an earlier row stands for. */
export interface FileKey {
  key: string;
  subjectId: string;
  /** Row whose plan holds the subject; 0 when it only stands for something that exists already. */
  rowNumber: number;
  /** Fields the file has already had its say about. */
  fields: string[] | null;
}

/** One batch of the analysis, with what earlier batches of the same file left behind. */
export interface AnalysisBatch {
  importId: string;
  mode: ImportMode;
  dateOrder?: DateOrder;
  /** Header as written for a field. */
  header(field: string): string | null;
  rows: MappedRow[];
  /** Keys that earlier batches kept. */
  findKeys(keys: string[]): Promise<FileKey[]>;
  /** Plans that earlier batches made. */
  findPlans(rowNumbers: number[]): Promise<{ rowNumber: number; plan: object }[]>;
}

/** What the analysis of a batch leaves to be kept. */
export interface AnalyzedBatch {
  /** One for every row of the batch. */
  decisions: RowDecision[];
  newKeys: FileKey[];
  /** Keys of earlier batches about which more is known now. */
  grownKeys: FileKey[];
  /** Plans of earlier batches that this one completes. */
  changedPlans: { rowNumber: number; plan: object }[];
}

/** The rows `from` to `to` (both included) of an import that is being committed. */
export interface CommitBatch {
  importId: string;
  from: number;
  to: number;
  /** Rows of this import have failed at commit before, so that plans may rest on something that was never written. */
  anyLost: boolean;
}

/** A row whose plan no longer fits what is there. */
export interface LostRow {
  rowNumber: number;
  problem: RowProblem;
}

/** The rows `from` to `to` (both included) of an import that is taken back. */
export interface RevertBatch {
  importId: string;
  from: number;
  to: number;
  /** Header as written for a field. */
  header(field: string): string | null;
}

/** What became of a row that had written something. */
export interface RevertedRow {
  rowNumber: number;
  outcome: Reversal;
  /** What stays, and why. */
  problems: RowProblem[];
}

/**
 * What a row of a file means. A feature registers its target with ImportTargets; the hub does the rest. The
 * methods run inside the transaction of their batch and may run again after a crash.
 */
export interface ImportTarget {
  readonly name: string;
  readonly fields: readonly ImportField[];
  /** Decides about each row; writes nothing. */
  analyze(batch: AnalysisBatch): Promise<AnalyzedBatch>;
  /**
   * Writes the plans of a batch but for those that no longer fit; answers the latter. Imports are committed side by
   * side: a target sees to it that two of them do not write the same.
   */
  commit(batch: CommitBatch): Promise<LostRow[]>;
  /** What each of some plans changes about what was stored when they were made, for people to read. */
  changes(plans: object[]): Promise<RowChange[][]>;
  /**
   * Takes back what the plans of a batch wrote, but for what people have changed since or what others need; answers
   * every row that has a plan. Batches come in the opposite order, the last rows of the file first.
   */
  revert(batch: RevertBatch): Promise<RevertedRow[]>;
}
