/**
 * Two that move below each other at the same time would each see no circle. The lock comes before those of the rows,
 * so that nobody who holds one waits for it.
 */
export const PARENTS_TAKE_TURNS = `SELECT pg_advisory_xact_lock(hashtextextended('organizations.parent_id', 170))`;
