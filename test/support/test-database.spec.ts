import { Client } from 'pg';
import { createTestDatabase } from './test-database.js';

describe('the database of a test file', () => {
  it('is migrated, empty, and gone afterwards', async () => {
    const database = await createTestDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query('SELECT count(*)::int AS n FROM records');
    await client.end();
    await database.drop();
    expect(rows[0].n).toBe(0);
    await expect(new Client({ connectionString: database.url }).connect()).rejects.toThrow(/does not exist/);
  });
});
