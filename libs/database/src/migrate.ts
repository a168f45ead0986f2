import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source.js';

/** Any number would do; it only has to be the same in every process that migrates. */
const MIGRATION_LOCK = 7_203_001;

/** Brings the schema up to date; processes that start together take turns. Answers the names of what ran. */
export async function migrate(url: string): Promise<string[]> {
  const dataSource = await new DataSource(dataSourceOptions(url, 2)).initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const ran = await dataSource.runMigrations();
    return ran.map((migration) => migration.name);
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}
