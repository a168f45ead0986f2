import { Client } from 'pg';
import { type FaultRun, prove, violations } from '../support/ledger-checker.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const ids = [1, 2, 3, 4, 5, 6, 7, 8].map((digit) => `01900000-0000-7000-8000-00000000000${digit}`);
const [SENT, CANCELLED, SUPPRESSED, FAILED, UNKNOWN, PLANNED, QUEUED, SENDING] = ids as [string, ...string[]] &
  string[];
const mailOf = (id: string | undefined, at = new Date()) => ({
  messageId: `<${id}@chamber.example>`,
  to: `${id}@example.com`,
  at,
});

/** A sound ledger: one message of each status, as a run leaves them while the last worker is still at it. */
const SOUND = `
  INSERT INTO messages (id, dedupe_key, status, reason, lease_until, sent_at, kind, email, recipient_name, locale, time_zone,
    template_key, data, subject, send_at, due_at)
  SELECT id::uuid, 'key-' || id, status, CASE WHEN status IN ('cancelled', 'suppressed', 'failed', 'unknown') THEN 'refused' END,
    CASE WHEN status IN ('queued', 'sending') THEN now() + interval '5 s' END, CASE WHEN status = 'sent' THEN now() END,
    'notice', id || '@example.com', 'Guest', 'en', 'UTC', 'notice', '{}', 'Notice', now() - interval '1 s', now() - interval '1 s'
  FROM unnest($1::text[], '{sent,cancelled,suppressed,failed,unknown,planned,queued,sending}'::text[]) AS m (id, status)`;

describe('the checker that judges every run with faults', () => {
  let database: TestDatabase;
  let client: Client;
  const query = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
  const run = (forged: Partial<FaultRun> = {}): FaultRun => ({
    planned: ids.map((id) => `key-${id}`),
    accepted: [mailOf(SENT), mailOf(UNKNOWN)],
    kills: 1,
    concurrency: 1,
    lease: 5_000,
    ...forged,
  });

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(SOUND, [ids]);
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });
  beforeEach(() => client.query('BEGIN'));
  afterEach(() => client.query('ROLLBACK'));

  it('has nothing to say about a sound ledger', async () => {
    expect(await violations(query, run())).toEqual([]);
    await prove(query, run());
  });

  it('has nothing against what staff sent again, nor against a plan that arrived as a whole or not at all', async () => {
    const uncertain = [
      [`key-${FAILED}`, `key-${QUEUED}`],
      ['never', 'arrived'],
    ];
    const planned = run().planned.filter((key) => !uncertain.flat().includes(key));
    const accepted = [mailOf(SENT), mailOf(SENT), mailOf(UNKNOWN), mailOf(FAILED)];
    expect(await violations(query, run({ planned, uncertain, accepted, resent: [SENT, FAILED ?? ''] }))).toEqual([]);
  });

  // Each law, broken in the ledger (SQL) or in what the outside saw.
  it.each<[string, string | undefined, () => Partial<FaultRun>, RegExp]>([
    [
      'a message that is lost',
      `DELETE FROM messages WHERE id = '${FAILED}'`,
      () => ({}),
      /^lost: key-.*\nsum: 8 planned, 7 /,
    ],
    [
      'a message nobody planned',
      undefined,
      () => ({ planned: run().planned.slice(1) }),
      /^invented: .*\nsum: 7 planned, 8 /,
    ],
    [
      'a message that is there twice',
      `ALTER TABLE messages DROP CONSTRAINT messages_dedupe_key; UPDATE messages SET dedupe_key = 'key-${SENT}' WHERE id = '${FAILED}'`,
      () => ({}),
      /^lost: .*\ndoubled: /,
    ],
    [
      'a status that is none of the six',
      `ALTER TABLE messages DROP CONSTRAINT messages_status_check; UPDATE messages SET status = 'gone' WHERE id = '${PLANNED}'`,
      () => ({}),
      /^sum: 8 planned, 7 /,
    ],
    [
      'half a plan',
      undefined,
      () => ({ planned: run().planned.slice(1), uncertain: [[`key-${SENT}`, 'missing']] }),
      /^torn: of a plan of 2/,
    ],
    [
      'a mail accepted twice',
      undefined,
      () => ({ accepted: [mailOf(SENT), mailOf(UNKNOWN), mailOf(SENT)] }),
      /^twice: .* accepted 2 times$/,
    ],
    [
      'a mail accepted twice where nobody can know',
      undefined,
      () => ({ accepted: [mailOf(SENT), mailOf(UNKNOWN), mailOf(UNKNOWN)] }),
      /^twice: /,
    ],
    [
      'a mail sent again more often than staff said',
      undefined,
      () => ({ accepted: Array.from({ length: 3 }, () => mailOf(SENT)), resent: [SENT] }),
      /^twice: .* 3 times$/,
    ],
    [
      'a mail that no row stands for',
      undefined,
      () => ({ accepted: [...run().accepted, mailOf('stray')] }),
      /^stranger: /,
    ],
    [
      'a mail to somebody else',
      undefined,
      () => ({ accepted: [{ ...mailOf(SENT), to: 'other@example.com' }, mailOf(UNKNOWN)] }),
      /^astray: /,
    ],
    ['sent, but nowhere', undefined, () => ({ accepted: [] }), /^untrue: .* is sent, but no mail server has it$/],
    [
      'cancelled, but accepted',
      undefined,
      () => ({ accepted: [...run().accepted, mailOf(CANCELLED)] }),
      /^untrue: .* is cancelled/,
    ],
    [
      'suppressed, but accepted',
      undefined,
      () => ({ accepted: [...run().accepted, mailOf(SUPPRESSED)] }),
      /^untrue: .* is suppressed/,
    ],
    [
      'failed, but accepted',
      undefined,
      () => ({ accepted: [...run().accepted, mailOf(FAILED)] }),
      /^untrue: .* is failed/,
    ],
    [
      'planned, but accepted',
      undefined,
      () => ({ accepted: [...run().accepted, mailOf(PLANNED)] }),
      /^untrue: .* is planned/,
    ],
    [
      'claimed, but accepted',
      undefined,
      () => ({ accepted: [...run().accepted, mailOf(QUEUED)] }),
      /^untrue: .* is queued/,
    ],
    ['more unknown than there were hands', undefined, () => ({ kills: 0 }), /^unknown: 1, but only 0 /],
    [
      'held past lease and grace',
      `UPDATE messages SET lease_until = now() - interval '61 s' WHERE id = '${SENDING}'`,
      () => ({}),
      /^stuck: .* is sending/,
    ],
    [
      'held for ever by renewals nobody made',
      `UPDATE messages SET lease_until = now() + interval '1 day', updated_at = now() - interval '66 s' WHERE id = '${QUEUED}'`,
      () => ({}),
      /^stuck: .* is queued/,
    ],
    [
      'due and never claimed',
      `UPDATE messages SET due_at = now() - interval '66 s', updated_at = now() - interval '66 s' WHERE id = '${PLANNED}'`,
      () => ({}),
      /^stuck: .* due since/,
    ],
    [
      'a mail before its time',
      `UPDATE messages SET send_at = now() + interval '1 min' WHERE id = '${SENT}'`,
      () => ({}),
      /^early: /,
    ],
    [
      'a mail after it had become useless',
      `UPDATE messages SET not_after = now() - interval '6 s' WHERE id = '${SENT}'`,
      () => ({}),
      /^late: /,
    ],
  ])('objects to %s', async (_name, forgery, seen, objection) => {
    if (forgery) await client.query(forgery);
    const found = await violations(query, run(seen()));
    expect(found.join('\n')).toMatch(objection);
    await expect(prove(query, run(seen()))).rejects.toThrow(/^The ledger does not tell the truth:\n/);
  });
});
