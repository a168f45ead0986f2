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

  it('tell how many jobs each queue holds', async () => {
    const value = await scrape();
    expect(value('chamberlain_queue_jobs{queue="mail"}')).toBeGreaterThanOrEqual(0);
    expect(value('chamberlain_queue_jobs{queue="imports"}')).toBeGreaterThanOrEqual(0);
  });

  it('tell of the process itself', async () => {
    expect((await scrape())('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  });
});
