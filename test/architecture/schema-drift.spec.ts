import { join } from 'node:path';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { schemaDrift } from './schema-drift.js';

const ENTITIES = [join(__dirname, '../../libs/*/src/*.entity.ts')];

describe('entities and migrations', () => {
  let database: TestDatabase;
  let client: Client;

  beforeEach(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });

  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  it('describe the same schema', async () => {
    expect(await schemaDrift(database.url, ENTITIES)).toEqual([]);
  });

  it.each([
    ['a missing column', 'ALTER TABLE people DROP COLUMN phone', /ADD "phone"/],
    ['a column no entity has', 'ALTER TABLE people ADD shoe_size integer', /DROP COLUMN "shoe_size"/],
    ['another type', 'ALTER TABLE rooms ALTER capacity TYPE bigint', /"capacity"/],
    ['another length', 'ALTER TABLE people ALTER country TYPE char(3)', /"country"/],
    ['another nullability', 'ALTER TABLE people ALTER email SET NOT NULL', /"email" DROP NOT NULL/],
    ['another default', 'ALTER TABLE positions ALTER preferred SET DEFAULT true', /"preferred" SET DEFAULT false/],
    ['a missing default', 'ALTER TABLE people ALTER aliases DROP DEFAULT', /"aliases" SET DEFAULT/],
    ['a missing table', 'DROP TABLE positions CASCADE', /CREATE TABLE "positions"/],
    ['a missing unique constraint', 'ALTER TABLE users DROP CONSTRAINT users_email_key', /UNIQUE \("email"\)/],
    ['a missing exclusion constraint', 'ALTER TABLE memberships DROP CONSTRAINT memberships_one_per_time', /EXCLUDE/],
  ])('are told apart by %s', async (_what, change, expected) => {
    const before = await schemaDrift(database.url, ENTITIES);
    await client.query(change);
    const after = await schemaDrift(database.url, ENTITIES);
    expect(after.filter((query) => !before.includes(query))).toContainEqual(expect.stringMatching(expected));
  });

  it.each([
    ['foreign keys', 'ALTER TABLE rooms ADD CONSTRAINT rooms_owner_fk FOREIGN KEY (conference_id) REFERENCES records'],
    ['checks', 'ALTER TABLE rooms ADD CONSTRAINT rooms_seats CHECK (capacity < 100000)'],
    ['indexes', 'CREATE INDEX rooms_by_capacity ON rooms (capacity)'],
  ])('may differ in %s, which migrations add on their own', async (_what, change) => {
    const before = await schemaDrift(database.url, ENTITIES);
    await client.query(change);
    expect(await schemaDrift(database.url, ENTITIES)).toEqual(before);
  });
});
