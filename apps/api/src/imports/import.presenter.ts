import { columnNames, type ImportedRow, type ImportRow } from '#imports';
import { instant, stamps } from '../http/format.js';
import type { ImportDto, ImportedRowDto, ReversalCountsDto } from './import.dto.js';

export function presentImport(row: ImportRow): ImportDto {
  const { created, updated, unchanged, skipped, failed } = row;
  return {
    ...stamps({ ...row, archivedAt: null }),
    target: row.target,
    mode: row.mode,
    status: row.status,
    fileName: row.fileName,
    fileBytes: Number(row.fileBytes),
    fileHash: row.fileHash,
    detected: { ...row.detected, mapping: inOrder(row) },
    progress: { done: row.doneCount, total: row.rowCount },
    counts: {
      total: created + updated + unchanged + skipped + failed,
      created,
      updated,
      unchanged,
      skipped,
      failed,
    },
    committedThrough: row.committedThrough,
    reversal: row.status === 'reverting' || row.revertedFrom !== null ? presentReversal(row) : null,
    failure: row.failure,
    createdBy: row.createdBy,
    startedAt: instant(row.startedAt),
    finishedAt: instant(row.finishedAt),
  };
}

/** Columns from the left, as in the file. */
const inOrder = ({ header, detected: { mapping } }: ImportRow): Record<string, string> =>
  Object.fromEntries(
    columnNames(header).flatMap((name) => (Object.hasOwn(mapping, name) ? [[name, mapping[name] ?? '']] : [])),
  );

const presentReversal = ({ removed, restored, kept, partlyKept }: ImportRow): ReversalCountsDto => ({
  removed,
  restored,
  kept,
  partlyKept,
});

export const presentImportedRow = (row: ImportedRow): ImportedRowDto => ({
  rowNumber: row.rowNumber,
  lineNumber: row.lineNumber,
  verdict: row.verdict,
  problems: row.problems,
  changes: row.changes,
  reversal: row.reversal && { outcome: row.reversal, problems: row.kept ?? [] },
  ...(row.organizationId && { organizationId: row.organizationId }),
  ...(row.personId && { personId: row.personId }),
  ...(row.positionId && { positionId: row.positionId }),
  ...(row.membershipId && { membershipId: row.membershipId }),
});
