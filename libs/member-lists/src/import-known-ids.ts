import type { Database } from '#database';

/** What has an id that a file gives, wherever it is by now. */
export interface KnownId {
  id: string;
  type: string;
  archived: boolean;
}

/** Records of any kind and titles that have one of some ids, archived ones too. */
export const knownIds = (database: Database, ids: string[]): Promise<KnownId[]> =>
  database.query<KnownId>(KNOWN, [ids]);

const KNOWN = `
  SELECT id, type, archived_at IS NOT NULL AS archived FROM records WHERE id = ANY($1::uuid[])
  UNION ALL SELECT x.id, 'position', coalesce(x.archived_at, p.archived_at) IS NOT NULL
  FROM positions x JOIN people p ON p.id = x.person_id WHERE x.id = ANY($1::uuid[])`;
