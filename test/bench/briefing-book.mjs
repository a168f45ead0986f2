import { readFileSync } from 'node:fs';
import pg from 'pg';
import { median, withApi, withDatabase } from './system.mjs';

const COUNTS = { delegates: 40, hosts: 60, items: 80, meetings: 300, commitments: 100 };
const ROUNDS = 3;

/** Seconds until the book of a large mission is printed, and how long others wait for the API meanwhile. */
export async function briefingBook() {
  return withDatabase(async (databaseUrl) => {
    await mission(databaseUrl);
    return withApi(databaseUrl, async (api) => {
      await book(api, '?delegateId=' + id('delegate', 1));
      const calm = await pings(api, new Promise((resolve) => setTimeout(resolve, 2_000)));
      const before = memory(api, 'VmRSS');
      const runs = [];
      const waits = [];
      for (let round = 0; round < ROUNDS; round++) {
        const began = performance.now();
        const printed = book(api).then((file) => runs.push({ seconds: (performance.now() - began) / 1000, file }));
        waits.push(...(await pings(api, printed)));
      }
      const { file } = runs[0];
      return {
        counts: COUNTS,
        seconds: median(runs.map(({ seconds }) => seconds)),
        pages: Math.max(...[...file.toString('latin1').matchAll(/\/Count (\d+)/g)].map(([, count]) => Number(count))),
        bytes: file.length,
        calm: p99(calm),
        wait: p99(waits),
        longest: Math.max(...waits),
        before,
        peak: memory(api, 'VmHWM'),
        file,
      };
    });
  });
}

async function book({ url, token }, query = '') {
  const path = `/v1/trade-missions/${id('mission', 1)}/briefing-book.pdf${query}`;
  const answer = await fetch(url + path, { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** Milliseconds of small answers that somebody else asks for until `end`. */
async function pings({ url }, end) {
  const times = [];
  let over = false;
  const ended = Promise.resolve(end).finally(() => (over = true));
  while (!over) {
    const began = performance.now();
    await (await fetch(`${url}/health/live`)).text();
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await ended;
  return times;
}

const p99 = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)];
const memory = ({ pid }, key) =>
  Number(new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const KINDS = ['mission', 'organization', 'person', 'delegate', 'host', 'item', 'meeting'];
const id = (kind, number) =>
  `00000000-0000-7000-8${String(KINDS.indexOf(kind)).padStart(3, '0')}-${number.toString(16).padStart(12, '0')}`;
/** The same in SQL, of a number. */
const idSql = (kind, number) =>
  `('00000000-0000-7000-8${String(KINDS.indexOf(kind)).padStart(3, '0')}-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** The first 40 organizations and people are delegates’, the next 60 hosts and their contacts. */
async function mission(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { delegates, hosts, items, meetings, commitments } = COUNTS;
  const all = delegates + hosts;
  for (const sql of [
    `INSERT INTO organizations (id, name, kind, country, website, sectors, search_key, match_key)
     SELECT ${idSql('organization', 'i')}, (ARRAY['Azərbaycan Şəbəkə Enerji MMC', 'U.S. Department of Works', 'Reaktor Söhnə Inc.'])[1 + i % 3] || ' ' || i,
       (ARRAY['company', 'ministry', 'bank'])[1 + i % 3], (ARRAY['AZ', 'US'])[1 + i % 2], 'https://organization' || i || '.example/about-us',
       '{}', 'organization ' || i, 'organization ' || i FROM generate_series(1, ${all}) i`,
    `INSERT INTO people (id, full_name, honorific, native_name, email, search_key, match_key)
     SELECT ${idSql('person', 'i')}, (ARRAY['Şahin Ğalibov', 'Əsgər Məmmədov', 'Anne-Marie O’Neil'])[1 + i % 3] || ' ' || i, (ARRAY['H.E.', NULL, 'Dr.'])[1 + i % 3],
       CASE WHEN i % 3 = 1 THEN 'Аскер Мамедов ' || i END, 'p' || i || '@example.com', 'person ' || i, 'person ' || i FROM generate_series(1, ${all}) i`,
    `INSERT INTO positions (id, person_id, organization_id, title, source, preferred)
     SELECT gen_random_uuid(), ${idSql('person', 'i')}, ${idSql('organization', 'i')}, t, 'Report of 10 March 2026', t LIKE 'Deputy%'
     FROM generate_series(1, ${all}) i, unnest(ARRAY['Deputy Head of the Department for International Cooperation', 'Head of Department']) t WHERE i % 4 = 0 OR t LIKE 'Deputy%'`,
    `INSERT INTO trade_missions (id, name, direction, status, sponsor_id, origin_country, host_country, starts_on, ends_on, time_zone, objectives, search_key)
     VALUES ('${id('mission', 1)}', 'Civil nuclear reverse trade mission', 'reverse', 'confirmed', ${idSql('organization', '1')}, 'AZ', 'US', '2037-03-09', '2037-03-20', 'America/New_York',
       'Meet suppliers of small modular reactors and those who finance them.', 'civil nuclear')`,
    `INSERT INTO delegates (id, mission_id, person_id, organization_id, role, status, visa_status, arrives_at, departs_at, dietary)
     SELECT ${idSql('delegate', 'i')}, '${id('mission', 1)}', ${idSql('person', 'i')}, ${idSql('organization', 'i')}, CASE WHEN i = 1 THEN 'head' ELSE 'delegate' END, 'confirmed', 'approved',
       '2037-03-08T20:00Z', '2037-03-21T15:00Z', (ARRAY['Halal', 'Vegetarian', NULL])[1 + i % 3] FROM generate_series(1, ${delegates}) i`,
    `INSERT INTO mission_hosts (id, mission_id, organization_id, contact_id, status, fit_note)
     SELECT ${idSql('host', 'i')}, '${id('mission', 1)}', ${idSql('organization', `i + ${delegates}`)}, ${idSql('person', `i + ${delegates}`)}, (ARRAY['confirmed', 'approached'])[1 + i % 2],
       repeat('Builds what the delegation wants to see, and finances it. ', 3) FROM generate_series(1, ${hosts}) i`,
    `INSERT INTO itinerary_items (id, mission_id, kind, title, starts_at, ends_at, time_zone, city, address, host_id, notes, holds_people, for_all, search_key)
     SELECT ${idSql('item', 'i')}, '${id('mission', 1)}', (ARRAY['site_visit', 'business_briefing', 'travel', 'meal'])[1 + i % 4], 'Visit to the reactor hall and control room ' || i,
       t, t + interval '90 min', (ARRAY['America/New_York', 'America/Chicago'])[1 + i % 2], (ARRAY['Washington', 'Houston'])[1 + i % 2], i || ' Pennsylvania Avenue NW',
       ${idSql('host', `1 + i % ${hosts}`)}, 'Bring a passport.', true, i % 3 > 0, 'item'
     FROM (SELECT i, '2037-03-09T13:00Z'::timestamptz + (i / 8) * interval '1 day' + (i % 8) * interval '100 min' AS t FROM generate_series(1, ${items}) i) x`,
    `INSERT INTO itinerary_item_delegates (item_id, delegate_id)
     SELECT ${idSql('item', 'i')}, ${idSql('delegate', 'd')} FROM generate_series(3, ${items}, 3) i, generate_series(1, 8) d`,
    `INSERT INTO side_meetings (id, title, kind, status, starts_at, ends_at, time_zone, location, topics, visibility, summary, search_key)
     SELECT ${idSql('meeting', 'i')}, 'Talks on supply and finance ' || i, 'one_on_one', CASE WHEN i % 3 = 0 THEN 'held' ELSE 'scheduled' END,
       t, t + interval '30 min', 'America/New_York', 'Table ' || (1 + i % 20), '{uranium,yanacaq,финансы}', 'internal', repeat('They spoke of what there is to buy. ', 8), 'meeting'
     FROM (SELECT i, CASE WHEN i % 3 = 0 THEN '2026-03-09T13:00Z'::timestamptz ELSE '2037-03-09T13:00Z' END + (i % 10) * interval '1 day' + (i / 10 % 16) * interval '30 min' AS t
           FROM generate_series(1, ${meetings}) i) x`,
    `INSERT INTO side_meeting_participants (id, meeting_id, person_id, organization_id, side)
     SELECT gen_random_uuid(), ${idSql('meeting', 'i')}, ${idSql('person', 'p')}, ${idSql('organization', 'p')}, side
     FROM generate_series(1, ${meetings}) i, LATERAL (VALUES (1 + i % ${delegates}, 'visiting'), (${delegates} + 1 + i % ${hosts}, 'host')) v (p, side)`,
    `INSERT INTO side_meeting_abouts (meeting_id, record_id) SELECT ${idSql('meeting', 'i')}, '${id('mission', 1)}' FROM generate_series(1, ${meetings}) i`,
    `INSERT INTO commitments (id, action, owed_by_organization_id, owed_to_organization_id, due_to, source, status, search_key)
     SELECT gen_random_uuid(), 'Sends the price list and the terms of delivery ' || i, ${idSql('organization', `${delegates} + 1 + i % ${hosts}`)},
       ${idSql('organization', `1 + i % ${delegates}`)}, '2037-06-30', 'Minutes of the meeting', 'open', 'commitment' FROM generate_series(1, ${commitments}) i`,
    'ANALYZE',
  ])
    await client.query(sql);
  await client.end();
}
