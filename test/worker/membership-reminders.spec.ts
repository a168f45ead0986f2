import { MembershipRemindersPlanner } from '#members';
import { ImportsContext } from '../support/imports-context.js';

const DAY = 86_400_000;
/** So many days from today, in UTC. */
const day = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** The tier's grace is 30 days, the first reminder goes out 60 days before the end, the planner looks 90 days further. */
describe('the reminders of imported memberships', () => {
  let imports: ImportsContext;
  beforeAll(async () => {
    imports = await ImportsContext.start();
  }, 60_000);
  afterAll(() => imports?.close());

  const HEADER = 'organization,contactName,email,title,tier,startsOn,endsOn';
  const enter = async (...lines: string[]) => {
    const { id, status, failed } = await imports.import([HEADER, ...lines].join('\n'));
    if (failed > 0)
      throw new Error(JSON.stringify((await imports.rows(id)).find(({ problems }) => problems.length > 0)));
    expect(status).toBe('completed');
  };
  const row = (name: string, startsOn: string, endsOn: string, email = `${name}@example.com`) =>
    `${name} Terminal,Aysel ${name},${email},Director,gold,${startsOn},${endsOn}`;
  const run = () => imports.get(MembershipRemindersPlanner).run();
  /** `email status reason` of each mail, by the name in the file and when it is due. */
  const mails = async (name: string) => {
    const rows = await imports.database.query<{ told: string }>(
      `SELECT concat_ws(' ', x.email, x.status, x.reason) AS told FROM messages x JOIN memberships m ON m.id = x.about_id
       JOIN organizations o ON o.id = m.organization_id WHERE o.name = $1 ORDER BY m.starts_on, x.send_at, x.email`,
      [`${name} Terminal`],
    );
    return rows.map(({ told }) => told);
  };
  const four = (name: string, rest = 'planned') => Array<string>(4).fill(`${name}@example.com ${rest}`);

  it('are planned by the worker, not by the import, and once', async () => {
    await enter(row('near', day(-200), day(149)));
    expect(await mails('near')).toEqual([]);
    expect(await run()).toBe(1);
    expect(await mails('near')).toEqual(four('near'));
    expect(await run()).toBe(0);
    await enter(row('near', day(-200), day(149)));
    expect(await run()).toBe(0);
  });

  it('wait until the first is near, and leave those alone that lapsed long ago', async () => {
    await enter(
      row('far', day(-10), day(152)),
      row('recent', day(-400), day(-59)),
      row('old', day(-400), day(-61)),
      row('older', '2011-01-01', '2011-12-31'),
    );
    expect(await run()).toBe(1);
    expect(await mails('recent')).toEqual(four('recent', 'cancelled past'));
    expect([...(await mails('far')), ...(await mails('old')), ...(await mails('older'))]).toEqual([]);
  });

  it('follow what a later file says: another end, the next membership, a contact with an address', async () => {
    await enter(
      row('moved', day(-200), day(100)),
      row('next', day(-200), day(100)),
      row('silent', day(-200), day(100), ''),
    );
    expect(await run()).toBe(3);
    expect(await mails('silent')).toEqual([]);
    await enter(
      row('moved', day(-200), day(400)),
      row('next', day(101), day(465)),
      `silent Terminal,Rauf silent,rauf@example.com,Chair,gold,${day(-200)},${day(100)}`,
    );
    expect(await run()).toBe(3);
    expect(await mails('moved')).toEqual([...four('moved', 'cancelled rescheduled'), ...four('moved')]);
    expect(await mails('next')).toEqual(four('next', 'cancelled completed'));
    expect(await mails('silent')).toEqual(Array(4).fill('rauf@example.com planned'));
  });

  it('are planned once by many workers at work together, batch after batch', async () => {
    const names = Array.from({ length: 700 }, (_, i) => `m${i}`);
    await enter(...names.map((name, i) => row(name, day(-200), day(70 + (i % 60)))));
    const planned = await Promise.all([run(), run(), run()]);
    await run();
    expect(planned.reduce((sum, count) => sum + count, 0)).toBe(700);
    const [count] = await imports.database.query<{ all: number; members: number }>(
      `SELECT count(*)::int AS all, count(DISTINCT about_id)::int AS members FROM messages x JOIN memberships m ON m.id = x.about_id
       JOIN organizations o ON o.id = m.organization_id WHERE o.name ~ '^m[0-9]+ ' AND x.status = 'planned'`,
    );
    expect(count).toEqual({ all: 2800, members: 700 });
  });

  it('go to somebody else from the day after a title has ended by its date', async () => {
    await enter(row('leaving', day(-200), day(100)));
    await run();
    // As if the end had been entered long before.
    await imports.database.query(
      `UPDATE positions SET ended_on = $1 WHERE organization_id = (SELECT id FROM organizations WHERE name = 'leaving Terminal')`,
      [day(-1)],
    );
    await imports.database.query(
      `UPDATE memberships SET reminders_planned_for = ends_on WHERE reminders_planned_for = '-infinity'`,
    );
    expect(await run()).toBe(0);
    expect(await imports.get(MembershipRemindersPlanner).run(undefined, new Date(Date.now() + DAY))).toBe(1);
    expect(await mails('leaving')).toEqual(four('leaving', 'cancelled no_longer_wanted'));
  });
});
