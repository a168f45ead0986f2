import type { Values } from './import-row.js';

export type SubjectKind = 'organization' | 'person' | 'position' | 'membership';

/** What a row writes about one subject; kept in the ledger between analysis and commit. Columns of its table. */
export interface Piece {
  id: string;
  /** True for a subject that the row creates. */
  new?: true;
  after: Values;
  /** Columns of a new subject that no row has filled yet; a later one may. */
  assumed?: string[];
  /** Values the analysis saw in the columns of `after`; the commit demands them unchanged. */
  before?: Values;
}

export type Plan = Partial<Record<SubjectKind, Piece>>;

/** The plan of a row of the file, while later rows may still complete it. */
export interface OwnedPlan {
  rowNumber: number;
  plan: Plan;
  changed: boolean;
}

/** An organization, person, position or membership as it will be once all rows read so far are written. */
export class Subject {
  /** Columns the file has had its say about: the first row to say something is the one that counts. */
  readonly said: Set<string>;
  /** What the file wrote last about it; null while it changes nothing. */
  owner: OwnedPlan | null = null;
  /** `said` and `owner` as kept by an earlier batch; undefined when none kept anything. */
  kept?: string;

  constructor(
    readonly kind: SubjectKind,
    readonly id: string,
    readonly state: Values,
    /** False for a subject this file creates. */
    readonly stored: boolean,
    said: Iterable<string> = [],
  ) {
    this.said = new Set(said);
  }

  /** Sets a column, in the plan of the row that wrote this subject first. */
  set(column: string, value: unknown, row: OwnedPlan): void {
    const piece = this.piece(row);
    if (piece.before && !(column in piece.before)) piece.before[column] = this.state[column] ?? null;
    piece.after[column] = value;
    if (piece.assumed) piece.assumed = piece.assumed.filter((assumed) => assumed !== column);
    this.state[column] = value;
    if (this.owner) this.owner.changed = true;
  }

  /** Plans the creation of a subject that is not stored. */
  create(row: OwnedPlan, assumed: string[] = []): void {
    this.owner = row;
    const piece: Piece = { id: this.id, new: true, after: this.state };
    row.plan[this.kind] = assumed.length > 0 ? { ...piece, assumed } : piece;
  }

  private piece(row: OwnedPlan): Piece {
    this.owner ??= row;
    const { plan } = this.owner;
    return (plan[this.kind] ??= { id: this.id, after: {}, before: {} });
  }
}

/** Nothing known: absent, null, or an empty list. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Lists are compared as sets. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted());
  }
  return (a ?? null) === (b ?? null);
}
