/** Fields that change by themselves, or are computed from others: a reader of the audit trail need not see them. */
const DERIVED = new Set(['id', 'version', 'createdAt', 'updatedAt', 'searchKey', 'aliasKey', 'matchKey', 'domain']);
/** Fields of which the audit trail tells that they changed, never what they hold. */
const SECRET = new Set(['passwordHash', 'keyHash', 'tokenHash']);
const HIDDEN = '(hidden)';

export interface Diff {
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

type State = Record<string, unknown>;

/** Names of the fields in which two states of a thing differ; absent and empty are the same. */
export function changedFields(before: object, after: object): string[] {
  const [old, now] = [before as State, after as State];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (field) => JSON.stringify(old[field] ?? null) !== JSON.stringify(now[field] ?? null),
  );
}

/** What the audit trail keeps of a change, field by field; undefined when there is nothing to tell. */
export function diff(before: object, after: object): Diff | undefined {
  const told = changedFields(before, after).filter((field) => !DERIVED.has(field));
  if (told.length === 0) return undefined;
  return { before: tell(before as State, told), after: tell(after as State, told) };
}

/** What the audit trail keeps of a new thing. */
export function visibleFields(state: object): State {
  const filled = Object.entries(state).filter(
    ([field, value]) => !DERIVED.has(field) && value !== null && value !== undefined,
  );
  return tell(
    state as State,
    filled.map(([field]) => field),
  );
}

const tell = (state: State, fields: string[]): State =>
  Object.fromEntries(fields.map((field) => [field, SECRET.has(field) ? HIDDEN : (state[field] ?? null)]));
