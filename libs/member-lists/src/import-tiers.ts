import type { Database } from '#database';
import { nameKey } from '#records';

/** Ids of the tiers by folded code and name; a code goes before a name, and a tier that is given before one of old. */
export async function tierIds(database: Database): Promise<Map<string, string>> {
  const tiers = await database.query<{ id: string; code: string; name: string; retired: boolean }>(
    'SELECT id, code, name, archived_at IS NOT NULL AS retired FROM membership_tiers ORDER BY code',
  );
  const retired = tiers.filter((tier) => tier.retired);
  const given = tiers.filter((tier) => !tier.retired);
  const entries = [retired, given].flatMap((list) => [
    ...list.map(({ id, name }): [string, string] => [nameKey(name), id]),
    ...list.map(({ id, code }): [string, string] => [nameKey(code), id]),
  ]);
  return new Map(entries);
}

/** Ids of the tiers that are archived by now. */
export async function retiredTiers(database: Database): Promise<string[]> {
  const tiers = await database.query<{ id: string }>('SELECT id FROM membership_tiers WHERE archived_at IS NOT NULL');
  return tiers.map(({ id }) => id);
}
