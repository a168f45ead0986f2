import { IsBoolean, IsDefined, IsIn, IsObject, IsString, MaxLength, ValidateBy } from 'class-validator';
import { DATE_ORDERS, type DateOrder, DELIMITERS, IMPORT_MODES, type ImportMode } from '#imports';
import { Nested, OneOf, Optional } from '../http/fields.js';

/** Headers a mapping may name. */
const MAPPING_LIMIT = 500;

/** An object of header → field name, or null to leave the column out. */
const Mapping = () =>
  ValidateBy({
    name: 'mapping',
    validator: {
      validate: (value) =>
        typeof value === 'object' &&
        value !== null &&
        Object.keys(value as object).length <= MAPPING_LIMIT &&
        Object.values(value as object).every((field) => field === null || typeof field === 'string'),
      defaultMessage: () => '$property must map headers to field names, or to null',
    },
  });

export class ImportOptionsDto {
  /**
   * What a row means
   * @example 'members'
   */
  @IsString()
  @MaxLength(60)
  target: string;

  /** upsert creates and updates; create never updates; update never creates; fill only fills empty fields */
  @Optional()
  @OneOf(IMPORT_MODES)
  mode: ImportMode = 'upsert';

  /** Encoding of the file: utf-8, utf-16le, utf-16be, utf-16, windows-1251, windows-1252, windows-1254 or a usual name of theirs; found by itself when absent */
  @Optional()
  @IsString()
  @MaxLength(40)
  encoding?: string;

  /** What stands between cells: a comma, a semicolon, a tab or a vertical bar; found by itself when absent */
  @Optional()
  @IsIn(DELIMITERS, { message: 'delimiter must be a comma, a semicolon, a tab or a vertical bar' })
  delimiter?: (typeof DELIMITERS)[number];

  /** How to read dates such as 03/04/2026; ISO dates are always understood */
  @Optional()
  @OneOf(DATE_ORDERS)
  dateOrder?: DateOrder;

  /** Header as written → field, or null to leave the column out; headers not named are recognised as usual. Where several columns bear one header, `Email#2` is the second of them from the left; `#1` is the first column without a header */
  @Optional()
  @Mapping()
  mapping?: Record<string, string | null>;

  /** Writes as soon as the analysis is done, without waiting for /commit */
  @Optional()
  @IsBoolean()
  commit?: boolean;
}

/** The form, once received. */
export class CreateImportDto {
  @IsObject()
  file: object;

  @IsDefined({ message: 'the part options is missing: JSON with at least target' })
  @IsObject()
  @Nested(() => ImportOptionsDto)
  options: ImportOptionsDto;
}

/** Something about the file as a whole that may be wrong */
export class FileWarningDto {
  /** encoding_close, encoding_thin_evidence, encoding_unlikely, delimiter_doubtful, mojibake or lost_characters */
  code: string;
  message: string;
  /** Line of the first place that shows it, from 1 */
  line?: number;
  /** Character of that line, from 1 */
  column?: number;
}

export class DetectedDto {
  /** utf-8, utf-16le, utf-16be, windows-1251, windows-1252 or windows-1254 */
  encoding: string;
  /** How it is known: bom (byte order mark), given (by the client) or content (judged by all bytes) */
  encodingSource: string;
  delimiter: string;
  /** How it is known: given, declared (a first line such as sep=;) or content */
  delimiterSource: string;
  /** Header as written → field; a header that comes again is numbered, as in options.mapping */
  mapping: Record<string, string>;
  /** Headers nothing is read from, numbered likewise; columns without a header are #1, #2… */
  unmapped: string[];
  /** What to look at before the commit; empty when nothing is in doubt */
  warnings: FileWarningDto[];
}

export class ImportProgressDto {
  /** Rows the present phase is done with */
  done: number;
  /** Rows of the file */
  total: number;
}

/** In `ready` a forecast, at the end the facts; total is the sum of the others */
export class ImportCountsDto {
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  failed: number;
}

/** Rows that a revert has been through */
export class ReversalCountsDto {
  /** Rows whose records are gone */
  removed: number;
  /** Rows whose former values are back */
  restored: number;
  /** Rows that stay as they are: changed since by people, or needed by others */
  kept: number;
  /** Rows of which a part stays */
  partlyKept: number;
}

export class ImportDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  target: string;
  mode: string;
  /** analyzing → ready → running → completed, failed or cancelled; then reverting → reverted */
  status: string;
  fileName: string;
  /** Size in bytes */
  fileBytes: number;
  /** SHA-256, hexadecimal */
  fileHash: string;
  detected: DetectedDto;
  progress: ImportProgressDto;
  counts: ImportCountsDto;
  /** Number of the last row written: how far a cancelled import came */
  committedThrough: number;
  /** What became of the rows that wrote something, as far as the import is taken back; null before that */
  reversal: ReversalCountsDto | null;
  /** Why the machinery gave up; null otherwise */
  failure: string | null;
  /** {kind, id, name} of who brought the file */
  createdBy: object;
  startedAt: string | null;
  finishedAt: string | null;
}

export class RowProblemDto {
  /** Header as written; null for the whole row */
  column: string | null;
  code: string;
  message: string;
  /** Records an ambiguous row may have meant: {type, id, title} */
  candidates?: object[];
  /** Records that need what a revert would have removed: {type, id, title} */
  dependents?: object[];
}

/** A value that a row changes about a record that is there already */
export class RowChangeDto {
  /** organization, person, position or membership */
  type: string;
  id: string;
  /** Field of the file */
  field: string;
  /** Null when there was none */
  before: unknown;
  after: unknown;
}

export class RowReversalDto {
  /** removed, restored, kept or partly_kept */
  outcome: string;
  /** What stays, and why; `changed_since` names the column, `depended_on` who needs it */
  problems: RowProblemDto[];
}

export class ImportedRowDto {
  /** 1 is the first row below the header */
  rowNumber: number;
  /** Line of the file on which the row begins */
  lineNumber: number;
  /** create, update, unchanged, skip or error; null until analyzed */
  verdict: string | null;
  problems: RowProblemDto[];
  /** What the row changes about records that are there already; a later row that only adds to what this one writes counts here */
  changes: RowChangeDto[];
  /** What a revert made of the row; null when it wrote nothing, or is not taken back */
  reversal: RowReversalDto | null;
  organizationId?: string;
  personId?: string;
  positionId?: string;
  membershipId?: string;
}
