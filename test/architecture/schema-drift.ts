import { DataSource, type DataSourceOptions } from 'typeorm';
import { dataSourceOptions } from '#database';

type Entities = NonNullable<DataSourceOptions['entities']>;

/**
 * What TypeORM would change to make a migrated database fit the entities; empty when they agree.
 *
 * Constraints and indexes may be known to the migrations alone (foreign keys across libs, CHECKs, partial indexes), so
 * that TypeORM would drop them is no drift. A unique constraint counts as there when one covers the same columns under
 * another name. Columns, types, nullability, defaults and whole tables have no such excuse, and neither has a
 * constraint that an entity declares.
 */
export async function schemaDrift(url: string, entities: Entities): Promise<string[]> {
  const dataSource = await new DataSource({ ...dataSourceOptions(url, 2), entities }).initialize();
  try {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    const unique = await uniqueColumns(dataSource);
    return upQueries
      .map(({ query }) => query)
      .filter((query) => !DROPS_WHAT_ONLY_MIGRATIONS_KNOW.test(query) && !unique.has(uniqueAskedFor(query)));
  } finally {
    await dataSource.destroy();
  }
}

const DROPS_WHAT_ONLY_MIGRATIONS_KNOW = /^(ALTER TABLE "\w+" DROP CONSTRAINT "\w+"|DROP INDEX "public"\."\w+")\s*$/;
const ADDS_UNIQUE = /^ALTER TABLE "(\w+)" ADD CONSTRAINT "\w+" UNIQUE \(([^)]+)\)$/;

/** `users(email)` for a query that would make it unique, else an empty string. */
function uniqueAskedFor(query: string): string {
  const [, table, columns] = ADDS_UNIQUE.exec(query) ?? [];
  return table && columns ? `${table}(${columns.replace(/["\s]/g, '').split(',').sort().join(',')})` : '';
}

async function uniqueColumns(dataSource: DataSource): Promise<Set<string>> {
  const rows = await dataSource.query<{ columns: string }[]>(`
    SELECT format('%s(%s)', conrelid::regclass, string_agg(attname, ',' ORDER BY attname COLLATE "C")) AS columns
    FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
    WHERE contype = 'u' AND connamespace = 'public'::regnamespace GROUP BY pg_constraint.oid, conrelid`);
  return new Set(rows.map((row) => row.columns));
}
