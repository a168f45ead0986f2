import { v7 } from 'uuid';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';
import { WorkerProcess } from '../support/worker-process.js';

/** Enough that a solver is at it for a while. */
const DELEGATES = 30;
const HOSTS = 40;
const REQUESTS = 350;

describe('a meeting plan whose worker is killed', () => {
  let api: TestApi;
  let staff: Client;
  const workers: WorkerProcess[] = [];

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await api?.close();
  }, 60_000);

  const startWorker = async (): Promise<WorkerProcess> => {
    const worker = await WorkerProcess.start({ databaseUrl: api.databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' });
    workers.push(worker);
    return worker;
  };

  /** Of as many people and organizations as are needed; answers the ids of delegates and hosts. */
  async function company(missionId: string): Promise<{ delegates: string[]; hosts: string[] }> {
    const ids = (count: number) => Array.from({ length: count }, () => v7());
    const [people, organizations] = [ids(DELEGATES), ids(HOSTS)];
    const [delegates, hosts] = [ids(DELEGATES), ids(HOSTS)];
    await api.database.query(
      `INSERT INTO people (id, full_name, search_key, match_key) SELECT id, 'Guest', 'guest', 'guest' FROM unnest($1::uuid[]) id`,
      [people],
    );
    await api.database.query(
      `INSERT INTO organizations (id, name, kind, search_key, match_key)
       SELECT id, 'Host', 'company', 'host', 'host' FROM unnest($1::uuid[]) id`,
      [organizations],
    );
    await api.database.query(
      `INSERT INTO delegates (id, mission_id, person_id, role, status, visa_status)
       SELECT id, $1, person, 'delegate', 'confirmed', 'approved' FROM unnest($2::uuid[], $3::uuid[]) AS x (id, person)`,
      [missionId, delegates, people],
    );
    await api.database.query(
      `INSERT INTO mission_hosts (id, mission_id, organization_id, status)
       SELECT id, $1, organization, 'confirmed' FROM unnest($2::uuid[], $3::uuid[]) AS x (id, organization)`,
      [missionId, hosts, organizations],
    );
    return { delegates, hosts };
  }

  async function asked(): Promise<string> {
    const { body: mission } = await staff
      .post('/v1/trade-missions')
      .send({
        ...{ name: 'Mission', direction: 'reverse', originCountry: 'AZ', hostCountry: 'US' },
        ...{ startsOn: '2027-05-03', endsOn: '2027-05-07', timeZone: 'America/New_York' },
      })
      .expect(201);
    const { delegates, hosts } = await company(mission.id as string);
    const requests = Array.from({ length: REQUESTS }, (_, i) => ({
      delegateId: delegates[i % DELEGATES],
      hostId: hosts[(i * 7 + Math.floor(i / DELEGATES)) % HOSTS],
      priority: 1 + ((i * 3) % 5),
    }));
    const { body } = await staff
      .post(`/v1/trade-missions/${mission.id}/meeting-plans`)
      .send({
        ...{ tables: 16, requests, limits: { seconds: 3 } },
        series: [{ from: '2027-05-05T09:00', to: '2027-05-05T17:00', meetingLength: 'PT30M' }],
      })
      .expect(202);
    return body.id as string;
  }

  /** Looks again and again, for a minute at most. */
  async function until(id: string, status: string) {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
      const { body } = await staff.get(`/v1/meeting-plans/${id}`).expect(200);
      if (body.status === status) return body;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`The plan did not become ${status}.`);
  }

  it('is taken up by another, and comes to a timetable', async () => {
    const id = await asked();
    const first = await startWorker();
    await until(id, 'solving');
    await first.kill();
    const [left] = await api.database.query('SELECT status, attempts, score FROM meeting_plans WHERE id = $1', [id]);
    expect(left).toEqual({ status: 'solving', attempts: 1, score: null });

    // The lease of the dead one runs out in five seconds; nobody need wait for that here.
    await api.database.query('UPDATE meeting_plans SET lease_until = NULL');
    await startWorker();
    const plan = await until(id, 'ready');
    expect(plan.assignments.length + plan.unmet.length).toBe(REQUESTS);
    expect(plan.gap).toBeLessThan(0.1);
    const [done] = await api.database.query('SELECT attempts, lease FROM meeting_plans WHERE id = $1', [id]);
    expect(done).toEqual({ attempts: 2, lease: null });
  }, 150_000);
});
