import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#database';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describe('each connection to PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await createTestDatabase()));
  afterAll(() => database?.drop());

  it('runs plans as they are, also where the server would compile them', async () => {
    const { pathname } = new URL(database.url);
    const first = await new DataSource(dataSourceOptions(database.url, 2)).initialize();
    await first.query(`ALTER DATABASE ${pathname.slice(1)} SET jit = on`);
    await first.destroy();

    const source = await new DataSource(dataSourceOptions(database.url, 2)).initialize();
    const shown = () => source.query<{ jit: string }[]>("SELECT current_setting('jit') AS jit, pg_sleep(0.05)");
    const answers = await Promise.all([shown(), shown()]);
    await source.destroy();
    expect(answers.flat().map(({ jit }) => jit)).toEqual(['off', 'off']);
  });
});
