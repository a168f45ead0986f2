import type { RowChange } from '#imports';
import type { Database } from '#database';
import { fieldOf } from './import-changes.js';
import { kindOf, type Piece, type Plan, PLAN_SLOTS, type SubjectKind } from './import-subject.js';

/** Columns that hold the id of something with a name. */
const NAMED = new Set(['tier_id', 'parent_id']);

/** What plans change about what is stored: fields as a file calls them, tiers and organizations by their names. */
export async function changesOf(database: Database, plans: Plan[]): Promise<RowChange[][]> {
  const changes = plans.map((plan) =>
    PLAN_SLOTS.flatMap((slot) => (plan[slot]?.before ? changesOfPiece(kindOf(slot), plan[slot]) : [])),
  );
  const ids = changes.flat().flatMap(({ column, before, after }) => (NAMED.has(column) ? [before, after] : []));
  const names = await namesOf(database, ids, plans);
  const named = (column: string, value: unknown): unknown =>
    NAMED.has(column) && typeof value === 'string' ? (names.get(value) ?? value) : value;
  return changes.map((list) =>
    list.map(({ column, ...change }) => ({
      ...change,
      before: named(column, change.before),
      after: named(column, change.after),
    })),
  );
}

/** Folded keys and the like say nothing to people. */
function changesOfPiece(kind: SubjectKind, { id, before = {}, after }: Piece): (RowChange & { column: string })[] {
  return Object.keys(after).flatMap((column) => {
    const field = fieldOf(kind, column);
    return field ? [{ type: kind, id, field, column, before: before[column] ?? null, after: after[column] }] : [];
  });
}

/** Names of tiers and organizations by their ids; also of those that are not stored yet. */
async function namesOf(database: Database, ids: unknown[], plans: Plan[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id): id is string => typeof id === 'string');
  if (wanted.length === 0) return new Map();
  const stored = await database.query<{ id: string; name: string }>(
    `SELECT id, code AS name FROM membership_tiers WHERE id = ANY($1::uuid[])
     UNION ALL SELECT id, name FROM organizations WHERE id = ANY($1::uuid[])`,
    [wanted],
  );
  const planned = plans.flatMap(({ parent, organization }) => [parent, organization].flatMap((piece) => piece ?? []));
  const names = planned.flatMap(({ id, after }): [string, string][] =>
    typeof after.name === 'string' ? [[id, after.name]] : [],
  );
  return new Map([...names, ...stored.map(({ id, name }): [string, string] => [id, name])]);
}
