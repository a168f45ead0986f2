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

  /** Encoding of the file; UTF-8, with or without byte order mark */
  @Optional()
  @IsString()
  @MaxLength(40)
  encoding?: string;

  /** What stands between cells; found by itself when absent */
  @Optional()
  @IsIn(DELIMITERS, { message: 'delimiter must be a comma, a semicolon, a tab or a vertical bar' })
  delimiter?: (typeof DELIMITERS)[number];

  /** How to read dates such as 03/04/2026; ISO dates are always understood */
  @Optional()
  @OneOf(DATE_ORDERS)
  dateOrder?: DateOrder;

  /** Header as written → field, or null to leave the column out; headers not named are recognised as usual */
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

export class DetectedDto {
  encoding: string;
  delimiter: string;
  /** Header as written → field */
  mapping: Record<string, string>;
  /** Headers nothing is read from */
  unmapped: string[];
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

export class ImportDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  target: string;
  mode: string;
  /** analyzing → ready → running → completed, failed or cancelled */
  status: string;
  fileName: string;
  /** Size in bytes */
  fileBytes: number;
  /** SHA-256, hexadecimal */
  fileHash: string;
  detected: DetectedDto;
  progress: ImportProgressDto;
  counts: ImportCountsDto;
  /** Number of the last row written */
  committedThrough: number;
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
}

export class ImportedRowDto {
  /** 1 is the first row below the header */
  rowNumber: number;
  /** Line of the file on which the row begins */
  lineNumber: number;
  /** create, update, unchanged, skip or error; null until analyzed */
  verdict: string | null;
  problems: RowProblemDto[];
  organizationId?: string;
  personId?: string;
  positionId?: string;
  membershipId?: string;
}
