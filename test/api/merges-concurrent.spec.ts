import { day, MeetingGround } from '../factories/side-meetings.js';
import type { Client } from '../support/test-api.js';

let ground: MeetingGround;
let staff: Client;

beforeAll(async () => {
  ground = await MeetingGround.open();
  staff = ground.staff;
});
afterAll(() => ground.api.close());

const person = (fullName: string, more: object = {}) => ground.person(fullName, more);

describe('merges that meet', () => {
  it('wait for each other: of two that cross, one is done', async () => {
    const [a, b] = [await person('Crossing A'), await person('Crossing B')];
    const answers = await Promise.all([
      staff.post('/v1/people/merges').send({ keepId: a.id, mergeIds: [b.id] }),
      staff.post('/v1/people/merges').send({ keepId: b.id, mergeIds: [a.id] }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  });

  it('leave nothing behind that was written meanwhile', async () => {
    const [gone, firm] = [
      await person('Leaving Now', { email: 'leaving@example.com' }),
      await ground.created('/v1/organizations', { name: 'Leaving Co', kind: 'company' }),
    ];
    const tier = { code: 'leaving', name: 'Leaving', graceDays: 0 };
    await ground.manager.post('/v1/membership-tiers').send(tier).expect(201);
    const staying = await person('Staying Here');
    const { dataSource } = ground.api.database;
    const merging = dataSource.createQueryRunner();
    const ids = [gone.id, firm.id];
    try {
      await merging.startTransaction();
      await merging.query(`SELECT FROM people WHERE id = ANY($1) FOR UPDATE`, [ids]);
      await merging.query(`SELECT FROM organizations WHERE id = ANY($1) FOR UPDATE`, [ids]);
      await merging.query(`SELECT FROM records WHERE id = ANY($1) FOR UPDATE`, [ids]);
      const term = { tierCode: tier.code, startsOn: day(0), endsOn: day(100) };
      const conference = `/v1/conferences/${ground.conference.id}`;
      const writes: [path: string, body: object][] = [
        [`/v1/people/${staying.id}/positions`, { organizationId: firm.id, title: 'Director' }],
        ['/v1/memberships', { ...term, organizationId: firm.id }],
        ['/v1/organizations', { name: 'Child', kind: 'company', parentId: firm.id }],
        [`${conference}/registrations`, { personId: gone.id }],
        ['/v1/tasks', { title: 'Call', about: { type: 'person', id: gone.id } }],
        ['/v1/commitments', { action: 'Call', owedBy: { personId: gone.id }, owedTo: { personId: staying.id } }],
        ['/v1/agreements', { title: 'MoU', kind: 'mou', status: 'draft', parties: [{ organizationId: firm.id }] }],
        ['/v1/side-meetings', { title: 'Call', kind: 'call', participants: [{ personId: gone.id, side: 'host' }] }],
        [
          '/v1/invitations',
          { about: { type: 'conference', id: ground.conference.id }, recipients: { personIds: [gone.id] } },
        ],
      ];
      let done = 0;
      const send = async ([path, body]: [string, object]) => {
        const { status } = await staff.post(path).send(body);
        done++;
        return `${path} ${status}`;
      };
      const answers = Promise.all(writes.map(send));
      const waiting = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      for (let held = 0; done + held < writes.length;)
        held = (await ground.api.database.query<{ count: number }>(waiting))[0]?.count ?? 0;
      await merging.query('UPDATE people SET archived_at = now() WHERE id = $1', [gone.id]);
      await merging.query('UPDATE organizations SET archived_at = now() WHERE id = $1', [firm.id]);
      await merging.commitTransaction();
      expect(await answers).toEqual(writes.map(([path]) => `${path} 422`));
    } finally {
      await merging.release();
    }
  });

  it('are answered again, not done again, with one Idempotency-Key', async () => {
    const [a, b] = [await person('Again A'), await person('Again B')];
    const send = (dryRun: boolean) =>
      staff
        .post('/v1/people/merges')
        .set('Idempotency-Key', `again-${dryRun}`)
        .send({ keepId: a.id, mergeIds: [b.id], dryRun });
    expect((await send(true)).status).toBe(200);
    expect((await send(true)).status).toBe(200);
    const [first, second] = [await send(false), await send(false)];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
  });
});
