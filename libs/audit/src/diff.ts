/** Fields that say nothing to a reader of the audit trail, or must not be kept in it. */
const LEFT_OUT = new Set(['id', 'version', 'createdAt', 'updatedAt', 'searchKey', 'aliasKey', 'matchKey', 'domain', 'passwordHash', 'keyHash', 'tokenHash']);

export interface Diff {
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** What differs between two states of a thing, field by field; undefined when nothing does. */
export function diff(before: object, after: object): Diff | undefined {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (field) => !LEFT_OUT.has(field) && JSON.stringify(old[field] ?? null) !== JSON.stringify(now[field] ?? null),
  );
  if (changed.length === 0) return undefined;
  const pick = (source: Record<string, unknown>) => Object.fromEntries(changed.map((field) => [field, source[field] ?? null]));
  return { before: pick(old), after: pick(now) };
}

/** A state without the fields nobody should read there, and without empty ones. */
export function visibleFields(state: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(state).filter(([field, value]) => !LEFT_OUT.has(field) && value !== null && value !== undefined));
}
