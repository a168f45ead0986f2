export { csvDownload } from './csv-download.js';
export { DELIMITERS } from './delimiter.js';
export { type Encoding, ENCODINGS } from './encodings.js';
export { errorsCsv } from './errors-csv.js';
export type { ImportOptions } from './import.js';
export { DATE_ORDERS, type DateOrder, readDate } from './import-dates.js';
export { PLANNED_ROWS } from './import-ledger.js';
export { IMPORT_MODES, type ImportMode, type Verdict } from './import-status.js';
export type {
  AnalysisBatch,
  AnalyzedBatch,
  CommitBatch,
  FileKey,
  ImportField,
  ImportTarget,
  LostRow,
  MappedRow,
  RevertBatch,
  RevertedRow,
  RowChange,
  RowDecision,
  RowProblem,
} from './import-target.js';
export { columnNames } from './header-mapping.js';
export { ImportTargets } from './import-targets.js';
export { ImportsModule } from './imports.module.js';
export { type ImportedRow, type ImportRow, importRowsList, ImportsReader, importsList } from './imports.reader.js';
export { ImportsRunner } from './imports.runner.js';
export { ImportsService } from './imports.service.js';
export { guardCell, unguardCell } from './spreadsheet-cell.js';
export { type CopyCell, copyRows } from './row-copy.js';
