import type { Values } from './member-row.js';

export type SubjectKind = 'organization' | 'person' | 'position' | 'membership';

/**
 * Places in the plan of a row, in the order in which they are written. `parent` is an organization that the row creates
 * because it stands above its own, `link` sets what stands above an organization that an earlier row wrote (what is
 * above may be newer than that row), `former` is a title that is no longer the preferred one.
 */
export const PLAN_SLOTS = ['parent', 'organization', 'link', 'person', 'former', 'position', 'membership'] as const;
export type PlanSlot = (typeof PLAN_SLOTS)[number];

/** What kind of subject a place holds. */
export function kindOf(slot: PlanSlot): SubjectKind {
  if (slot === 'parent' || slot === 'link') return 'organization';
  return slot === 'former' ? 'position' : slot;
}

/** What a row writes about one subject; kept in the ledger between analysis and commit. Columns of its table. */
export interface Piece {
  id: string;
  /** True for a subject that the row creates. */
  new?: true;
  /** The file itself gave the id, which nobody had here. */
  given?: true;
  after: Values;
  /** Columns of a new subject that no row has filled yet; a later one may. */
  assumed?: string[];
  /** Values the analysis saw in the columns of `after`; the commit demands them unchanged. */
  before?: Values;
}

export type Plan = Partial<Record<PlanSlot, Piece>>;

/** A row that has something to write, on its way into the directory. */
export interface PlannedRow {
  rowNumber: number;
  plan: Plan;
  organizationId: string | null;
  personId: string | null;
}

/** The plan of a row of the file, while later rows may still complete it. */
export interface OwnedPlan {
  rowNumber: number;
  plan: Plan;
  changed: boolean;
}

/** A set of a dozen columns at most, of which there are four for each row: a list takes less room and time. */
class Columns {
  constructor(private readonly names: string[]) {}

  get size(): number {
    return this.names.length;
  }

  has(name: string): boolean {
    return this.names.includes(name);
  }

  add(name: string): void {
    if (!this.names.includes(name)) this.names.push(name);
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.names.values();
  }
}

/** An organization, person, position or membership as it will be once all rows read so far are written. */
export class Subject {
  /** Keys under which it is found, as far as they follow from it; forgotten when it changes. */
  keys?: string[];
  /** What the file wrote last about it; null while it changes nothing. */
  owner: OwnedPlan | null = null;
  /** `said` and `owner` as kept by an earlier batch; undefined when none kept anything. */
  kept?: string;
  /** Where in its owner's plan it stands. */
  slot: PlanSlot;
  /** A new one whose id the file gave: rows with another id do not mean it. */
  given = false;
  /** Id of the organization above, where a `link` of this file sets it. */
  linked?: string;
  private columns?: Columns;

  constructor(
    readonly kind: SubjectKind,
    readonly id: string,
    readonly state: Values,
    /** False for a subject this file creates. */
    readonly stored: boolean,
    /** Columns of a new one that no row has filled yet. */
    private readonly assumed: readonly string[] = [],
  ) {
    this.slot = kind;
  }

  /** Columns the file has had its say about: the first row to say something is the one that counts. */
  get said(): Columns {
    return (this.columns ??= new Columns(this.stored ? [] : this.filled()));
  }

  /** Sets a column, in the plan of the row that wrote this subject first. */
  set(column: string, value: unknown, row: OwnedPlan): void {
    // What was said before must be known before it changes.
    this.columns = this.said;
    this.keys = undefined;
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
    if (this.given) piece.given = true;
    row.plan[this.slot] = assumed.length > 0 ? { ...piece, assumed } : piece;
  }

  private filled(): string[] {
    return Object.keys(this.state).filter((column) => !isEmpty(this.state[column]) && !this.assumed.includes(column));
  }

  private piece(row: OwnedPlan): Piece {
    this.owner ??= row;
    const { plan } = this.owner;
    return (plan[this.slot] ??= { id: this.id, after: {}, before: {} });
  }
}

/** Id of the organization above; undefined where there is none. */
export const parentOf = ({ linked, state }: Subject): string | undefined =>
  linked ?? (state.parent_id as string | null | undefined) ?? undefined;

/** Nothing known: absent, null, or an empty list. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Lists are compared as sets, and texts without what an import tidies up anyway: a file must not change them by itself. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return listOf(a) === listOf(b);
  if (typeof a === 'string' && typeof b === 'string') return a === b || tidy(a) === tidy(b);
  return (a ?? null) === (b ?? null);
}

const listOf = (items: unknown[]): string =>
  JSON.stringify([...new Set(items.map((item) => tidy(String(item))))].sort());

const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
