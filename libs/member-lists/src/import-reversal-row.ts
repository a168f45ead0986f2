import type { RevertedRow, RowProblem } from '#imports';
import { FIELDS } from './import-changes.js';
import type { Dependent } from './import-dependents.js';
import type { Reversal } from './import-reversal.js';
import type { Piece, SubjectKind } from './import-subject.js';

/** Dependents that a sentence names; the others are counted. */
const TOLD = 3;

/** What becomes of a row, piece by piece. */
export class RowReversal {
  private readonly problems: RowProblem[] = [];
  private created = false;
  private undone = false;

  constructor(
    private readonly rowNumber: number,
    private readonly header: (field: string) => string | null,
  ) {}

  add(kind: SubjectKind, piece: Piece, reversal: Reversal, needed: Dependent[] = []): void {
    this.created ||= piece.new === true;
    for (const column of reversal.kept) this.problems.push(this.changed(kind, piece, column));
    if (needed.length > 0) this.problems.push(dependedOn(kind, needed));
    const stays = piece.new ? reversal.kept.length + needed.length > 0 : isAllKept(reversal);
    this.undone ||= !stays;
  }

  /** A former value that does not go together with what people have entered since. */
  addConflict(kind: SubjectKind): void {
    const message = `The former values of the ${kind} do not go together with what was entered since; it stays as it is.`;
    this.problems.push({ column: null, code: 'conflicts_with_later', message });
  }

  answer(): RevertedRow {
    const { rowNumber, problems } = this;
    if (problems.length > 0) return { rowNumber, problems, outcome: this.undone ? 'partly_kept' : 'kept' };
    return { rowNumber, problems, outcome: this.created ? 'removed' : 'restored' };
  }

  private changed(kind: SubjectKind, piece: Piece, column: string): RowProblem {
    const field = FIELDS[column];
    const what = column === 'archived_at' ? `The ${kind} was archived` : `The ${kind}'s ${word(column)} was changed`;
    const stays = piece.new ? `the ${kind} stays` : 'it stays as it is now';
    return {
      column: field === undefined ? null : this.header(field),
      code: 'changed_since',
      message: `${what} since the import; ${stays}.`,
    };
  }
}

const isAllKept = ({ restores, kept }: Reversal): boolean => kept.length > 0 && Object.keys(restores).length === 0;

/** `legal_name` → `legal name`, `tier_id` → `tier`. */
const word = (column: string): string => column.replace(/_id$/, '').replaceAll('_', ' ');

function dependedOn(kind: SubjectKind, needed: Dependent[]): RowProblem {
  const named = [...new Set(needed.map(({ words }) => words))];
  const told = named.length > TOLD ? [...named.slice(0, TOLD), 'more'] : named;
  const records = needed.flatMap(({ record }) => record ?? []);
  const dependents = [...new Map(records.map((record) => [record.id, record])).values()];
  return {
    column: null,
    code: 'depended_on',
    message: `The ${kind} stays: ${told.join(', ')} ${told.length === 1 ? 'needs' : 'need'} it.`,
    ...(dependents.length > 0 && { dependents }),
  };
}
