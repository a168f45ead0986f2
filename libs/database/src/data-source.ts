import type { ClientBase } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { migrations } from '#migrations';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** Options shared by the API, the worker, the CLI and the tests. `poolSize` counts connections of one process. */
export function dataSourceOptions(url: string, poolSize = 10): PostgresOptions {
  return {
    type: 'postgres',
    url,
    migrations,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    // Two hundred who want one person at once wait for each other, with every connection in use: that is no failure.
    extra: {
      max: poolSize,
      application_name: 'chamberlain',
      connectionTimeoutMillis: 30_000,
      onConnect: withoutCompiling,
    },
  };
}

/**
 * PostgreSQL expects far more rows of a walk than there are, and then takes seconds to compile what runs in milliseconds: jit makes
 * the report of a conference eight times as slow, a search eighty. Said as a statement, since poolers refuse it at the start.
 */
async function withoutCompiling(client: ClientBase): Promise<void> {
  await client.query('SET jit = off');
}
