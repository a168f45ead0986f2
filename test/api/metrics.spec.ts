import { startTestApi, type TestApi } from '../support/test-api.js';

describe('metrics', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api?.close());

  const scrape = async () => {
    const { text } = await api.guest
      .get('/metrics')
      .expect(200)
      .expect('Content-Type', /text\/plain/);
    return (name: string) => Number(new RegExp(`^${name.replace(/[{}]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);
  };

  it('tell how many messages are where, and how late the latest is', async () => {
    const staff = await api.as('staff');
    const task = {
      title: 'Call the embassy',
      dueAt: '2099-03-01T15:00:00Z',
      remindBefore: ['P1D'],
      assigneeId: staff.id,
    };
    await staff.post('/v1/tasks').send(task).expect(201);
    const before = await scrape();
    expect(before('chamberlain_messages{status="planned"}')).toBe(1);
    expect(before('chamberlain_messages{status="sent"}')).toBe(0);
    expect(before('chamberlain_message_due_lag_seconds')).toBe(0);
    await api.database.query(`UPDATE messages SET due_at = now() - interval '90 seconds'`);
    const after = await scrape();
    expect(after('chamberlain_message_due_lag_seconds')).toBeGreaterThanOrEqual(90);
  });

  it('tell who is left alone because it asked for fewer mails, and health when nobody sweeps or the mail server refuses', async () => {
    const mail = async () => (await api.guest.get('/health/ready').expect(200)).body as { mail: object };
    expect(await mail()).toEqual({ status: 'ok', mail: { status: 'stopped', lastSweepAt: null } });
    expect((await scrape())('chamberlain_mail_sweep_age_seconds')).toBe(-1);
    await api.database.query(`INSERT INTO mail_sweeps (one, swept_at) VALUES (true, now())`);
    expect(await mail()).toEqual({ status: 'ok', mail: { status: 'ok', lastSweepAt: expect.any(String) } });
    await api.database.query(`INSERT INTO mail_rests (domain, strikes, until, error) VALUES
      ('*', 2, now() + interval '1 min', '421 later'), ('slow.example', 1, now() + interval '1 h', '450 4.7.1 slow down')`);
    expect((await mail()).mail).toMatchObject({ status: 'refused' });
    const resting = await scrape();
    expect(resting('chamberlain_mail_server_refuses')).toBe(1);
    expect(resting('chamberlain_mail_domain_rest_seconds{domain="slow.example"}')).toBeGreaterThan(3_000);
    await api.database.query(`UPDATE mail_sweeps SET swept_at = now() - interval '5 min'`);
    await api.database.query('DELETE FROM mail_rests');
    expect((await mail()).mail).toMatchObject({ status: 'stopped' });
    const after = await scrape();
    expect(after('chamberlain_mail_sweep_age_seconds')).toBeGreaterThanOrEqual(300);
    expect(after('chamberlain_mail_server_refuses')).toBe(0);
    expect(after('chamberlain_mail_domain_rest_seconds{domain="slow.example"}')).toBeNaN();
  });

  it('tell how many jobs each queue holds', async () => {
    const value = await scrape();
    expect(value('chamberlain_queue_jobs{queue="mail"}')).toBeGreaterThanOrEqual(0);
    expect(value('chamberlain_queue_jobs{queue="imports"}')).toBeGreaterThanOrEqual(0);
  });

  it('tell of the process itself', async () => {
    expect((await scrape())('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  });
});
