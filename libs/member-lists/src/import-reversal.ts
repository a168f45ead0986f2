import { organizationColumns, personColumns } from './import-keys.js';
import type { Values } from './member-row.js';
import type { Piece, SubjectKind } from './import-subject.js';

/** What a revert does to one subject. */
export interface Reversal {
  /** The subject goes: this import created it, and nobody has touched it since. */
  removes: boolean;
  /** Columns that get their former values back. */
  restores: Values;
  /** Columns that others have changed since; they stay as they are. */
  kept: string[];
}

/** Columns that follow from others, or that the program keeps for itself: nobody changes them by hand. */
const DERIVED = new Set(['search_key', 'alias_key', 'match_key', 'domain', 'reminders_planned_for']);

/** The folded columns of a subject whose names change, from its other columns. */
const KEYS: Partial<Record<SubjectKind, (state: Values) => Values>> = {
  organization: organizationColumns,
  person: personColumns,
};

const NOTHING: Reversal = { removes: false, restores: {}, kept: [] };

/**
 * Compares what an import wrote with what is there: only what is still as the import left it is taken back. `present` is
 * absent when the subject is gone; `fresh` is a new row of its table before anything is filled in.
 */
export function reversalOf(kind: SubjectKind, piece: Piece, present: Values | undefined, fresh: Values): Reversal {
  if (!present) return NOTHING;
  return piece.new ? removal(piece, present, fresh) : restoration(kind, piece, present);
}

function removal(piece: Piece, present: Values, fresh: Values): Reversal {
  const written = (column: string): unknown => piece.after[column] ?? fresh[column];
  const kept = Object.keys(fresh).filter(
    (column) => !DERIVED.has(column) && !isEqual(present[column], written(column)),
  );
  return { removes: kept.length === 0, restores: {}, kept };
}

function restoration(kind: SubjectKind, { after, before = {} }: Piece, present: Values): Reversal {
  const restores: Values = {};
  const kept: string[] = [];
  for (const column of Object.keys(before).filter((name) => !DERIVED.has(name))) {
    if (isEqual(present[column], before[column])) continue;
    if (isEqual(present[column], after[column])) restores[column] = before[column];
    else kept.push(column);
  }
  if (Object.keys(restores).length === 0) return { ...NOTHING, kept };
  return { removes: false, restores: { ...restores, ...KEYS[kind]?.({ ...present, ...restores }) }, kept };
}

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
