import { get } from 'node:http';
import { parse } from 'csv-parse/sync';
import { ImportsRunner } from '#imports';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const KINDS = ['organizations', 'people', 'memberships'] as const;

describe('exports', () => {
  let api: TestApi;
  let staff: Client;
  let viewer: Client;

  beforeAll(async () => {
    api = await startTestApi();
    [staff, viewer] = [await api.as('manager'), await api.as('viewer')];
    await api.database.query(SEED);
  });
  afterAll(() => api?.close());

  const fetched = async (path: string): Promise<Record<string, string>[]> => {
    const { text } = await viewer.get(path).expect(200);
    return parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });
  };

  it.each(KINDS)('answer %s as a file in UTF-8 that says so, with the day in its name', async (kind) => {
    const { headers, text } = await viewer.get(`/v1/${kind}.csv`).expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toMatch(
      new RegExp(`^attachment; filename="${kind}-\\d{4}-\\d\\d-\\d\\d\\.csv"$`),
    );
    expect(text).toMatch(/^\ufeff[A-Za-z,]+\r\n/);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('have a header and no rows where nothing fits', async () => {
    expect(await fetched('/v1/people.csv?filter[email]=nobody@example.com')).toEqual([]);
  });

  it('take the filters, the sort and the search of the list', async () => {
    const names = async (query: string) =>
      (await fetched(`/v1/organizations.csv?${query}`)).map((row) => row.organization);
    expect(await names('filter[country]=TR&sort=-name')).toEqual(['Company 99', 'Company 9']);
    const found = await names('q=kompany%202499&filter[name][contains]=2499');
    expect(found).toEqual(['Company 2499']);
    expect((await fetched('/v1/memberships.csv?filter[tierCode]=gold')).map((row) => row.organization)).toEqual([
      'Company 1',
    ]);
    for (const wrong of [
      'filter[colour]=red',
      'sort=colour',
      'limit=5',
      'cursor=x',
      'include=parent',
      'filter[archived]=true',
    ]) {
      await viewer.get(`/v1/organizations.csv?${wrong}`).expect(400);
    }
  });

  it('have a row for each title of a person, the current preferred one first, and one for who has none', async () => {
    const rows = await fetched('/v1/people.csv?filter[fullName][in]=Many Titles,No Title');
    expect(rows.map((row) => [row.contactName, row.title, row.titlePreferred])).toEqual([
      ['Many Titles', 'Chair', 'yes'],
      ['Many Titles', 'Adviser', 'no'],
      ['Many Titles', 'Director', 'no'],
      ['No Title', '', ''],
    ]);
  });

  it('are longer than one chunk, each row once', async () => {
    const rows = await fetched('/v1/organizations.csv');
    expect(rows).toHaveLength(2_500);
    expect(new Set(rows.map((row) => row.organizationId)).size).toBe(2_500);
  });

  it('are for everybody who may read the directory, and nobody else', async () => {
    for (const kind of KINDS) await api.guest.get(`/v1/${kind}.csv`).expect(401);
  });

  const imported = async (text: string) => {
    const { body } = await staff
      .post('/v1/imports')
      .field('options', JSON.stringify({ target: 'members', mode: 'upsert', commit: true }))
      .attach('file', Buffer.from(text), 'file.csv')
      .expect(202);
    await api.app.get(ImportsRunner).work(body.id as string);
    return (await staff.get(`/v1/imports/${String(body.id)}`).expect(200)).body;
  };

  it.each(KINDS)('of %s come back through the API unchanged', async (kind) => {
    const { text } = await viewer.get(`/v1/${kind}.csv`).expect(200);
    const { status, counts, detected } = await imported(text);
    expect(status).toBe('completed');
    expect(counts).toMatchObject({ created: 0, updated: 0, skipped: 0, failed: 0, unchanged: counts.total });
    expect(detected.unmapped).toEqual(kind === 'memberships' ? ['status'] : []);
  });

  it('cannot lift a suppression when they are imported again', async () => {
    const guest = { fullName: 'Opted Out', email: 'out@example.com' };
    await staff.post('/v1/people').send(guest).expect(201);
    await staff.post('/v1/suppressions').send({ email: 'out@example.com', reason: 'asked us' }).expect(201);
    const list = '/v1/people.csv?filter[email]=out@example.com';
    const { text } = await viewer.get(list).expect(200);
    await imported(text);
    await imported('contactName,email,notes\nOpted Out,OUT@example.com,Wants to hear from us again');
    const { body } = await staff.get('/v1/suppressions?filter[email]=out@example.com').expect(200);
    expect(body.data).toMatchObject([{ email: 'out@example.com', reason: 'asked us' }]);
    const [person] = await fetched(list);
    const conference = await staff
      .post('/v1/conferences')
      .send({
        ...{ name: 'Forum', status: 'published', timeZone: 'Asia/Baku' },
        ...{ startsAt: '2099-03-10T10:00', endsAt: '2099-03-10T18:00' },
      })
      .expect(201);
    const round = await staff
      .post('/v1/invitations')
      .send({
        about: { type: 'conference', id: conference.body.id },
        recipients: { personIds: [person?.personId] },
      })
      .expect(202);
    expect(round.body.counts).toMatchObject({ invited: 0, suppressed: 1 });
  });

  it('stop reading when the client goes away, and leave no connection behind', async () => {
    const headers = { authorization: `Bearer ${viewer.token}` };
    await new Promise<void>((resolve, reject) => {
      const request = get(`${api.url}/v1/organizations.csv`, { headers }, (answer) => {
        answer.once('data', () => {
          answer.destroy();
          resolve();
        });
      });
      request.on('error', reject);
    });
    const open = await api.database.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(open).toEqual([]);
    await viewer.get('/v1/organizations.csv?q=kompany').expect(200);
  });
});

/** 2,500 organizations, a few people with titles, and a membership. */
const SEED = `
  INSERT INTO organizations (id, name, kind, country, search_key, match_key)
  SELECT gen_random_uuid(), 'Company ' || n, 'company', CASE WHEN n IN (9, 99) THEN 'TR' ELSE 'AZ' END, 'gompani ' || n, 'gompani ' || n
  FROM generate_series(1, 2500) n;
  INSERT INTO organizations (id, name, kind, search_key, match_key, archived_at)
  VALUES (gen_random_uuid(), 'Gone', 'company', 'gona', 'gona', now());
  INSERT INTO people (id, full_name, search_key, match_key) VALUES
    (gen_random_uuid(), 'Many Titles', 'mani titlas', 'mani titlas'), (gen_random_uuid(), 'No Title', 'no titla', 'no titla');
  INSERT INTO positions (id, person_id, organization_id, title, ended_on, preferred)
  SELECT gen_random_uuid(), p.id, o.id, x.title, x.ended_on::date, x.preferred
  FROM people p, organizations o, (VALUES ('Director', '2020-01-01', false), ('Adviser', NULL, false), ('Chair', NULL, true)) x (title, ended_on, preferred)
  WHERE p.full_name = 'Many Titles' AND o.name = 'Company 1';
  INSERT INTO membership_tiers (id, code, name, grace_days) VALUES (gen_random_uuid(), 'gold', 'Gold', 30);
  INSERT INTO memberships (id, organization_id, tier_id, joined_on, starts_on, ends_on, search_key)
  SELECT gen_random_uuid(), o.id, t.id, '2026-01-01', '2026-01-01', '2026-12-31', o.search_key
  FROM organizations o, membership_tiers t WHERE o.name = 'Company 1'`;
