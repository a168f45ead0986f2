import type { Database } from '#database';

const KEY = `hashtextextended('reminder_rules', 270)`;

/**
 * Whoever plans by the rules holds this until the commit: a rule that changes meanwhile waits, and then finds all that was
 * planned by what it said before. Comes before any other lock.
 */
export async function holdRules(database: Database): Promise<void> {
  await database.query(`SELECT pg_advisory_xact_lock_shared(${KEY})`);
}

/** Waits for those who plan by the rules as they are, and keeps others from it until the commit. Comes before any other lock. */
export async function lockRules(database: Database): Promise<void> {
  await database.query(`SELECT pg_advisory_xact_lock(${KEY})`);
}
