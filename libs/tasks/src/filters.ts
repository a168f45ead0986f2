import { currentActor, type ListField } from '#database';

/** Nobody's id, for callers that are no user. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** `me` is the caller. */
export const me = (value: string): string => (value === 'me' ? (currentActor().id ?? NOBODY) : value);

/** A condition as it stands, so that an index on part of a table answers it. */
export const flag = (condition: string): ListField => ({
  column: `coalesce(${condition}, false)`,
  kind: 'boolean',
  condition: ([value]) => (value === 'true' ? `(${condition})` : `(${condition}) IS NOT TRUE`),
});
