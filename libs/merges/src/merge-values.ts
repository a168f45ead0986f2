import { type FieldFault, Invalid } from '#faults';

/** A record as the merge sees it: by field name. */
export type Values = Record<string, unknown>;
export type Member = Values & { id: string };

/** Which fields of a type of record a merge chooses between, and which it unites. */
export interface MergeFields {
  scalars: string[];
  lists: string[];
  /** Names: those not taken become aliases, so that they are still found. */
  names: string[];
  /** Where a scalar that is not taken goes, if not lost: the main address to the other ones. */
  keptIn: Record<string, string>;
}

/** A value that the kept record does not take, and that has no other place. */
export interface LeftValue {
  field: string;
  kept: unknown;
  id: string;
  value: unknown;
}

/** Field name → id of the record whose value is taken. */
export type Choices = Record<string, string>;

/** Throws Invalid for choices of fields or records that are not there. */
export function demandChoices(choices: Choices, ids: string[], { scalars, lists }: MergeFields): void {
  const faults = Object.entries(choices).flatMap(([field, id]): FieldFault[] => {
    const pointer = `/fields/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (lists.includes(field)) {
      return [{ pointer, code: 'united', message: `${field} of all records are united; there is nothing to choose.` }];
    }
    if (!scalars.includes(field)) {
      return [
        { pointer, code: 'unknown_field', message: `There is no field ${field}; there are ${scalars.join(', ')}.` },
      ];
    }
    if (ids.includes(id)) return [];
    return [{ pointer, code: 'not_in_merge', message: 'The value comes from one of the records that are merged.' }];
  });
  if (faults.length > 0) throw new Invalid(faults);
}

/** The kept record's fields once the others are merged into it: chosen, else its own, else the first there is. */
export function mergedValues(kept: Member, merged: Member[], choices: Choices, fields: MergeFields): Values {
  const all = [kept, ...merged];
  const result: Values = {};
  for (const field of fields.scalars) {
    const chosen = all.find(({ id }) => id === choices[field]);
    result[field] = chosen ? (chosen[field] ?? null) : (all.map((one) => one[field] ?? null).find(isFilled) ?? null);
  }
  for (const field of fields.lists) result[field] = unite(all.flatMap((one) => listOf(one[field])));
  for (const [field, list] of Object.entries(fields.keptIn)) {
    const others = all.flatMap((one) => [...(isFilled(one[field]) ? [String(one[field])] : []), ...listOf(one[list])]);
    result[list] = unite(others).filter((value) => value !== result[field]);
  }
  const names = all.flatMap((one) =>
    fields.names
      .map((name) => one[name])
      .filter(isFilled)
      .map(String),
  );
  const shown = new Set(fields.names.map((name) => result[name]));
  const aliases = unite([...listOf(result.aliases), ...names]).filter((name) => !shown.has(name));
  return { ...result, aliases };
}

/** What the result does not hold anywhere. */
export function leftValues(result: Values, all: Member[], fields: MergeFields): LeftValue[] {
  const scattered = new Set([...fields.names, ...Object.keys(fields.keptIn)]);
  return fields.scalars
    .filter((field) => !scattered.has(field))
    .flatMap((field) =>
      all
        .filter((one) => isFilled(one[field]) && one[field] !== result[field])
        .map((one) => ({ field, kept: result[field], id: one.id, value: one[field] })),
    );
}

const isFilled = (value: unknown): boolean => value !== null && value !== undefined && value !== '';
const listOf = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

/** Distinct without regard to case; the first spelling stays. */
const unite = (values: string[]): string[] => {
  const folded = values.map((value) => value.toLowerCase());
  return values.filter((_, index) => folded.indexOf(folded[index] ?? '') === index);
};

/** A list without what a merge added to it: whatever else was added since stays. */
export function withoutAdded(now: string[], before: string[], after: string[]): string[] {
  const added = new Set(after.filter((value) => !before.includes(value)));
  const rest = now.filter((value) => !added.has(value));
  return [...rest, ...before.filter((value) => !after.includes(value) && !rest.includes(value))];
}
