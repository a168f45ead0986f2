import type { ImportAnswer, ImportChangeRow, ImportProblemRow } from './import-run.js';

/** Columns and values shown of a long list. */
const MOST = 20;

/** What has become of an import, and what people may do next; one line for each row that needs a look. */
export function importSummary(
  result: ImportAnswer,
  rows: ImportProblemRow[],
  changing: ImportChangeRow[] = [],
): string {
  const lines = [headline(result), ...detected(result), ...(result.failure ? [result.failure] : [])];
  for (const { rowNumber, problems } of rows) {
    for (const { column, message } of problems)
      lines.push(`  row ${rowNumber}${column ? `, ${column}` : ''}: ${message}`);
  }
  const unseen = unseenRows(result, rows);
  if (unseen > 0) lines.push(`  and ${unseen} rows more`);
  lines.push(...changing.flatMap(changeLines));
  if (changing.length > 0 && result.counts.updated > changing.length)
    lines.push(`  and ${result.counts.updated - changing.length} rows more that change something`);
  return `${[...lines, ...next(result)].join('\n')}\n`;
}

const changeLines = ({ rowNumber, changes }: ImportChangeRow): string[] =>
  changes.map(({ field, before, after }) => `  row ${rowNumber} changes ${field}: ${shown(before)} → ${shown(after)}`);

function shown(value: unknown): string {
  if (value === null || value === undefined) return '(none)';
  if (Array.isArray(value)) return value.slice(0, MOST).join('; ') || '(none)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function headline({ status, counts, reversal }: ImportAnswer): string {
  if (status === 'reverted' && reversal) {
    const { removed, restored, kept, partlyKept } = reversal;
    return `reverted: ${removed} removed, ${restored} restored, ${partlyKept} kept in part, ${kept} kept`;
  }
  const forecast = status === 'ready' ? ' (forecast, nothing is written yet)' : '';
  const words = Object.entries(counts).map(([word, count]) => `${count} ${word}`);
  return `${status}${forecast}: ${words.join(', ')}`;
}

/** Guesses are told, for people to see a wrong one. */
function detected({ status, detected: found }: ImportAnswer): string[] {
  if (!found || status === 'reverted') return [];
  const delimiter = found.delimiter === '\t' ? 'tab' : found.delimiter;
  const more = found.unmapped.length > MOST ? ` and ${found.unmapped.length - MOST} more` : '';
  const unmapped = found.unmapped.length > 0 ? `; not read: ${found.unmapped.slice(0, MOST).join(', ')}${more}` : '';
  const warnings = found.warnings.map(({ message }) => `look at this: ${message}`);
  return [`read as ${found.encoding}, delimiter ${delimiter}${unmapped}`, ...warnings];
}

function unseenRows({ status, counts, reversal }: ImportAnswer, rows: ImportProblemRow[]): number {
  const all = status === 'reverted' ? (reversal?.kept ?? 0) + (reversal?.partlyKept ?? 0) : counts.failed;
  return all - rows.length;
}

function next({ id, status, counts, committedThrough = 0 }: ImportAnswer): string[] {
  const hints: string[] = [];
  if (status === 'ready') hints.push(`to write it: the same without --dry-run, or POST /v1/imports/${id}/commit`);
  if (status === 'cancelled') hints.push(`rows up to ${committedThrough} are written`);
  if (counts.failed > 0 && status === 'completed')
    hints.push(`failed rows as they came, to be mended: GET /v1/imports/${id}/errors.csv`);
  if (committedThrough > 0 && ['completed', 'cancelled', 'failed'].includes(status))
    hints.push(`to undo it: chamberlain import --revert ${id}`);
  return hints;
}
