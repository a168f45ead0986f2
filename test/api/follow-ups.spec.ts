import { UsersService } from '#access';
import { as, DAY, HOUR, MeetingGround, NOBODY } from '../factories/side-meetings.js';
import type { Client } from '../support/test-api.js';

/** A zone in which it is between noon and one. */
const hours = 12 - new Date().getUTCHours();
const NOON = `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;

const inHours = (count: number) => new Date(Date.now() + count * HOUR).toISOString();
const inDays = (count: number) => new Date(Date.now() + count * DAY).toISOString().slice(0, 10);

interface Group {
  owner: { id: string; name: string; active: boolean } | null;
  timeZone: string;
  day: string;
  tasks: object;
  commitments: object;
  party: { type: string; id: string; title: string };
  owedByThem: object;
  owedToThem: object;
  earliestDue: string | null;
  items: { title: string; about: object | null; dueAt: string | null; dueTo: string | null; overdue: boolean }[];
}
interface Report {
  groupCount: number;
  totals: { tasks: { open: number }; commitments: { open: number } };
  groups: Group[];
}

describe('open follow-ups by person', () => {
  let on: MeetingGround;
  let aysel: Client;
  let john: Client;
  let chamber: { id: string };
  let session: { id: string };
  beforeAll(async () => {
    on = await MeetingGround.open();
    [aysel, john] = [on.staff, on.other];
    await on.api.database.query('UPDATE users SET time_zone = $1', [NOON]);
    await on.api.database.query(`UPDATE users SET name = 'Aysel' WHERE id = $1`, [aysel.id]);
    await on.api.database.query(`UPDATE users SET name = 'John' WHERE id = $1`, [john.id]);
    chamber = await on.created('/v1/organizations', { name: 'Trade Chamber', kind: 'chamber' });
    session = await on.created(`/v1/conferences/${on.conference.id}/sessions`, {
      ...{ title: 'Opening', kind: 'panel', startsAt: null, endsAt: null, timeZone: 'America/New_York' },
    });
  });
  afterAll(() => on?.api.close());
  beforeEach(async () => {
    await on.api.database.query(`UPDATE tasks SET archived_at = now()`);
    await on.api.database.query(`UPDATE commitments SET archived_at = now()`);
  });

  const task = async (title: string, assigneeId: string | null, dueAt: string | null, values: object = {}) =>
    on.created('/v1/tasks', { title, assigneeId, dueAt, ...values });
  const promise = async (action: string, by: string, to: string, values: object = {}) =>
    on.created('/v1/commitments', {
      action,
      owedBy: { organizationId: by },
      owedTo: { organizationId: to },
      ...values,
    });
  const report = async (query = '', by = on.manager): Promise<Report> =>
    (await by.get(`/v1/reports/follow-ups?${query}`).expect(200)).body;
  const about = (type: string, id: string) => ({ about: { type, id } });
  const titles = ({ groups }: Report) => groups.map(({ items }) => items.map(({ title }) => title));
  const counts = (open: number, values: object = {}) => ({
    ...{ open, overdue: 0, dueToday: 0, nextDays: 0, later: 0, undated: 0, ...values },
  });
  const NONE = { open: 0, overdue: 0, ours: 0, theirs: 0 };

  /**
   *              overdue  today  next days  later  undated   promises: overdue  ours  theirs
   *   Aysel        2        1       2         1       1                   1       1      2
   *   John         –        1       –         –       –                   –       1      –
   *   nobody       1        –       –         –       1                   –       –      1
   */
  async function someWork(): Promise<void> {
    await task('A overdue 1', aysel.id, inHours(-50), about('conference', on.conference.id));
    await task('A overdue 2', aysel.id, inHours(-1), about('session', session.id));
    await task('A today', aysel.id, inHours(2));
    await task('A tomorrow', aysel.id, inHours(24));
    await task('A in a week', aysel.id, inHours(7 * 24));
    await task('A in eight days', aysel.id, inHours(8 * 24));
    await task('A some day', aysel.id, null);
    await task('J today', john.id, inHours(1));
    await task('N overdue', null, inHours(-100));
    await task('N some day', null, null);
    const done = await task('A done', aysel.id, inHours(-9));
    await aysel.post(`/v1/tasks/${done.id}/completion`).expect(200);
    const watched = { ownerId: aysel.id };
    await promise('Send the terms', on.ministry.id, on.company.id, { ...watched, dueTo: inDays(-5) });
    await promise('Name the experts', on.company.id, chamber.id, { ...watched, dueTo: inDays(4) });
    await promise('Send the letter', chamber.id, on.ministry.id, watched);
    await promise('Print the book', chamber.id, on.ministry.id, { ownerId: john.id, dueTo: inDays(9) });
    await promise('Come to Baku', on.ministry.id, chamber.id, { ownerId: null });
  }

  it('calls a promise ours of whoever works for the chamber today, as briefs do: not of who comes, still of who is to leave', async () => {
    const watched = { ownerId: aysel.id, owedTo: { organizationId: on.ministry.id } };
    const [later, gone, leaving] = [{ startedOn: inDays(30) }, { endedOn: inDays(-30) }, { endedOn: inDays(30) }];
    for (const dates of [later, gone, leaving, leaving]) {
      const { id } = await on.somebody();
      await on.created(`/v1/people/${id}/positions`, { organizationId: chamber.id, title: 'Secretary', ...dates });
      await on.created('/v1/commitments', { action: 'Write minutes', owedBy: { personId: id }, ...watched });
    }
    expect((await report()).totals.commitments).toMatchObject({ open: 4, ours: 2, theirs: 2 });
    const { commitments } = (await on.manager.get(`/v1/organizations/${on.ministry.id}/brief`).expect(200)).body;
    expect([commitments.byUs.count, commitments.byOthers.count]).toEqual([2, 2]);
  });

  it('counts what each is to see to, who has the most overdue first', async () => {
    await someWork();
    const { groups, totals, groupCount } = await report('items=0');
    expect(groups.map(({ owner, tasks, commitments }) => ({ owner: owner?.name ?? null, tasks, commitments }))).toEqual(
      [
        {
          owner: 'Aysel',
          tasks: counts(7, { overdue: 2, dueToday: 1, nextDays: 2, later: 1, undated: 1 }),
          commitments: { open: 3, overdue: 1, ours: 1, theirs: 2 },
        },
        {
          owner: null,
          tasks: counts(2, { overdue: 1, undated: 1 }),
          commitments: { open: 1, overdue: 0, ours: 0, theirs: 1 },
        },
        { owner: 'John', tasks: counts(1, { dueToday: 1 }), commitments: { open: 1, overdue: 0, ours: 1, theirs: 0 } },
      ],
    );
    expect(totals).toEqual({
      tasks: counts(10, { overdue: 3, dueToday: 2, nextDays: 2, later: 1, undated: 2 }),
      commitments: { open: 5, overdue: 1, ours: 2, theirs: 3 },
    });
    expect([groupCount, groups[0]?.timeZone, groups[1]?.timeZone]).toEqual([3, NOON, 'America/New_York']);
    expect(groups[0]?.day).toBe(new Date(Date.now() + hours * HOUR).toISOString().slice(0, 10));
  });

  it('agrees with the day of each', async () => {
    await someWork();
    const { body: day } = await aysel.get('/v1/tasks/my-day').expect(200);
    const { groups } = await report('ownerId=me', aysel);
    expect(groups).toHaveLength(1);
    const { overdue, dueToday, nextDays } = day;
    expect(groups[0]?.tasks).toMatchObject({
      ...{ overdue: overdue.count, dueToday: dueToday.count, nextDays: nextDays.count },
    });
  });

  it('tells the first of each by due time, and what it is about', async () => {
    await someWork();
    const { groups } = await report('items=4');
    expect(titles({ groups } as Report)).toEqual([
      ['Send the terms', 'A overdue 1', 'A overdue 2', 'A today'],
      ['N overdue', 'N some day', 'Come to Baku'],
      ['J today', 'Print the book'],
    ]);
    expect(groups[0]?.items.slice(0, 2)).toMatchObject([
      ...[
        {
          type: 'commitment',
          dueAt: null,
          dueTo: inDays(-5),
          overdue: true,
          about: null,
          owedTo: 'Caspian Bridge LLC',
        },
      ],
      {
        ...{ type: 'task', dueTo: null, overdue: true, owedBy: null },
        about: { type: 'conference', id: on.conference.id, title: 'Trade Conference' },
      },
    ]);
    expect(groups[0]?.earliestDue).toBe(inDays(-5));
  });

  it('takes those of an event with all its parts, of one user, of nobody, or due before a day', async () => {
    await someWork();
    const participants = [as((await on.somebody()).id)];
    const talks = await on.logged({ participants, about: [{ type: 'session', id: session.id }] });
    await task('Minutes', john.id, null, about('side_meeting', talks.id));
    await promise('Share them', on.company.id, chamber.id, { ownerId: john.id, ...about('side_meeting', talks.id) });
    expect(titles(await report(`eventId=${on.conference.id}`))).toEqual([
      ['A overdue 1', 'A overdue 2'],
      ['Minutes', 'Share them'],
    ]);
    expect(titles(await report(`eventId=${session.id}&ownerId=${john.id}`))).toEqual([['Minutes', 'Share them']]);
    expect((await report('ownerId=none&items=0')).totals).toMatchObject({
      tasks: { open: 2 },
      commitments: { open: 1 },
    });
    // Before tomorrow: Aysel’s two overdue, the one of today and the promise; John’s of today; nobody’s overdue.
    const before = new Date(Date.now() + (hours + 24) * HOUR).toISOString().slice(0, 10);
    expect((await report(`dueBefore=${before}&items=0`)).totals).toMatchObject({
      tasks: counts(5, { overdue: 3, dueToday: 2 }),
      commitments: { open: 1, overdue: 1 },
    });
  });

  it('tells nothing of what is restricted but to those who may know', async () => {
    const participants = [as((await on.somebody()).id)];
    const secret = await on.logged({ title: 'Sükut', visibility: 'restricted', participants }, aysel);
    const related = about('side_meeting', secret.id);
    await task('Thank them', aysel.id, inHours(-3), related);
    await promise('Keep it quiet', on.ministry.id, chamber.id, { ownerId: aysel.id, ...related });
    const told = { tasks: { open: 1, overdue: 1 }, commitments: { open: 1 } };
    for (const reader of [aysel, on.manager]) {
      expect((await report('', reader)).totals).toMatchObject(told);
      expect((await report(`eventId=${secret.id}`, reader)).totals).toMatchObject(told);
      expect(JSON.stringify(await report('by=counterpart', reader))).toContain('Sükut');
    }
    expect(await report('', john)).toMatchObject({
      ...{ groupCount: 0, groups: [], totals: { tasks: counts(0), commitments: NONE } },
    });
    expect(await report('by=counterpart', john)).toMatchObject({ groups: [], totals: { commitments: { open: 0 } } });
    const [hidden, unknown] = [secret.id, NOBODY].map((id) => john.get(`/v1/reports/follow-ups?eventId=${id}`));
    const [known, none] = [(await hidden?.expect(404))?.body, (await unknown?.expect(404))?.body];
    expect(known.detail.replace(secret.id, '')).toBe(none.detail.replace(NOBODY, ''));

    // Whoever is to do a task may see it, not what it is about.
    await task('Book a table', john.id, inHours(5), related);
    const { groups } = await report('', john);
    expect(groups[0]?.items).toMatchObject([
      { title: 'Book a table', about: { type: 'side_meeting', restricted: true } },
    ]);
  });

  it('counts by who has promised what to whom', async () => {
    await someWork();
    await on.api.app.get(UsersService).update(john.id, { name: 'John' });
    const { groups, totals, groupCount } = await report('by=counterpart&items=2');
    const side = (open: number, overdue = 0) => ({ open, overdue });
    // Ministry: owes the overdue terms and the visit, is owed two letters; company: owes experts, is owed terms; chamber: 2 and 2.
    expect(groups.map(({ party, owedByThem, owedToThem }) => [party.title, owedByThem, owedToThem])).toEqual([
      ['Ministry of Trade Winds', side(2, 1), side(2)],
      ['Caspian Bridge LLC', side(1), side(1, 1)],
      ['Trade Chamber', side(2), side(2)],
    ]);
    expect([totals, groupCount]).toEqual([{ commitments: side(5, 1) }, 3]);
    expect(groups[1]?.items).toMatchObject([
      { title: 'Send the terms', side: 'owed_to', owedBy: 'Ministry of Trade Winds', owner: 'Aysel' },
      { title: 'Name the experts', side: 'owed_by', owedTo: 'Trade Chamber' },
    ]);
    expect((await report(`by=counterpart&ownerId=${john.id}`)).totals).toMatchObject({ commitments: side(1) });
  });

  it('are a table for a spreadsheet too', async () => {
    await someWork();
    await on.api.database.query(`UPDATE users SET name = '=SUM(A1)' WHERE id = $1`, [john.id]);
    const lines = async (query: string) => {
      const { text, headers } = await on.manager.get(`/v1/reports/follow-ups.csv?${query}`).expect(200);
      expect(headers['content-type']).toContain('text/csv');
      return text.replace('\uFEFF', '').trim().split('\r\n');
    };
    const [header, first, , third, ...more] = await lines('');
    expect(header).toContain('ownerId,owner,timeZone,day,openTasks,overdueTasks,dueToday,nextDays,later,undated');
    expect(first).toMatch(new RegExp(`^${aysel.id},Aysel,.*,7,2,1,2,1,1,3,1,1,2,${inDays(-5)}$`));
    expect(third).toContain(`'=SUM(A1)`);
    expect(more).toEqual([]);
    expect((await lines('by=counterpart'))[1]).toBe(
      `organization,${on.ministry.id},Ministry of Trade Winds,2,1,2,0,${inDays(-5)}`,
    );
    await on.api.database.query(`UPDATE users SET name = 'John' WHERE id = $1`, [john.id]);
  });

  it('shows the tasks of somebody who has left, and that they have', async () => {
    const left = await on.another('left@chamber.example');
    await task('Left behind', left.id, null);
    await on.api.app.get(UsersService).archive(left.id);
    expect((await report()).groups).toMatchObject([{ owner: { id: left.id, active: false }, tasks: { open: 1 } }]);
  });

  it.each([
    ['by=team', 'by'],
    ['eventId=7', 'eventId'],
    ['ownerId=you', 'ownerId'],
    ['dueBefore=2026-02-30', 'dueBefore'],
    ['dueBefore=0001-01-01', 'dueBefore'],
    ['items=51', 'items'],
    ['items=-1', 'items'],
    ['by=owner&by=owner', 'by'],
    ['limit=3', 'limit'],
  ])('refuses %s', async (query, parameter) => {
    const { body } = await on.manager.get(`/v1/reports/follow-ups?${query}`).expect(400);
    expect(JSON.stringify(body.errors)).toContain(parameter);
    await on.manager.get(`/v1/reports/follow-ups.csv?${query}`).expect(400);
  });

  it('are for whoever may read', async () => {
    await on.api.guest.get('/v1/reports/follow-ups').expect(401);
    await (await on.api.as('viewer')).get('/v1/reports/follow-ups').expect(200);
  });
});
