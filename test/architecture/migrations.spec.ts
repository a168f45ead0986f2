import { DataSource, type QueryRunner } from 'typeorm';
import { dataSourceOptions } from '#database';
import { migrations } from '#migrations';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { schemaSnapshot } from './schema-snapshot.js';

describe('the migrations', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let runner: QueryRunner;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource(dataSourceOptions(database.url, 2)).initialize();
    runner = dataSource.createQueryRunner();
  });

  afterAll(async () => {
    await runner.release();
    await dataSource.destroy();
    await database.drop();
  });

  it('run in the order of their timestamps, which their names carry', () => {
    const timestamps = migrations.map(({ name }) => Number(name.slice(-13)));
    expect(timestamps).toEqual([...timestamps].sort((a, b) => a - b));
    expect(new Set(timestamps).size).toBe(migrations.length);
  });

  it('can each be taken back and run again, and leave the same schema both ways', async () => {
    const complete = await schemaSnapshot(runner);
    const before = new Map<string, string[]>();
    for (const Migration of [...migrations].reverse()) {
      await new Migration().down(runner);
      before.set(Migration.name, await schemaSnapshot(runner));
    }
    expect((await schemaSnapshot(runner)).filter((line) => !OF_THE_EMPTY_DATABASE.test(line))).toEqual([]);
    for (const Migration of migrations) {
      expect({ before: Migration.name, schema: await schemaSnapshot(runner) }).toEqual({
        before: Migration.name,
        schema: before.get(Migration.name),
      });
      await new Migration().up(runner);
    }
    expect(await schemaSnapshot(runner)).toEqual(complete);
  });
});

/** PostgreSQL's own language, and the table in which TypeORM keeps what ran. */
const OF_THE_EMPTY_DATABASE = /^extension plpgsql$|\bmigrations(_id_seq)?\b/;
