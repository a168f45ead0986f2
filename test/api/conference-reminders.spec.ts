import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Reminder {
  templateKey: string;
  status: string;
  reason: string | null;
  sendAt: string;
}

const HOUR = 3_600_000;

describe('reminders of conferences and sessions', () => {
  let api: TestApi;
  let staff: Client;
  let people = 0;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(() => api?.close());

  async function post<T = { id: string }>(path: string, body: object = {}, status = 201): Promise<T> {
    const answer = await staff.post(path).send(body);
    if (answer.status !== status) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }
  const patch = (path: string, body: object) => staff.patch(path).send(body).expect(200);

  const DAYS = { startsAt: '2037-03-10T09:00', endsAt: '2037-03-11T18:00', timeZone: 'America/New_York' };
  const conference = async (fields: object = {}) =>
    (await post('/v1/conferences', { name: 'Trade Conference', status: 'published', ...DAYS, ...fields })).id;
  const session = async (conferenceId: string, fields: object = {}) => {
    const hours = { startsAt: '2037-03-10T10:00', endsAt: '2037-03-10T11:00' };
    const body = { title: 'Critical minerals', kind: 'panel', ...hours, ...fields };
    return (await post(`/v1/conferences/${conferenceId}/sessions`, body)).id;
  };
  const person = async (fields: object = {}) => {
    const email = `guest${(people += 1)}@example.com`;
    return (await post('/v1/people', { fullName: `Guest ${people}`, email, ...fields })).id;
  };
  const register = async (conferenceId: string) => {
    const personId = await person();
    return { personId, id: (await post(`/v1/conferences/${conferenceId}/registrations`, { personId })).id };
  };
  const speaker = async (sessionId: string, personId: string, fields: object = {}) =>
    (await post(`/v1/sessions/${sessionId}/speakers`, { personId, role: 'speaker', ...fields })).id;

  /** `when reason-or-status`, in order. */
  const reminders = async (aboutId: string, personId?: string): Promise<string[]> => {
    const of = personId ? `&filter[personId]=${personId}` : '';
    const query = `filter[aboutId]=${aboutId}&filter[kind]=reminder${of}&sort=sendAt&limit=200`;
    const { body } = await staff.get(`/v1/messages?${query}`).expect(200);
    return (body.data as Reminder[]).map(({ sendAt, reason, status }) => `${sendAt.slice(0, 16)} ${reason ?? status}`);
  };

  it('go to those who come, at nine a week and a day before, in the zone of the conference', async () => {
    const id = await conference();
    const { personId } = await register(id);
    // Clocks go forward on 8 March: nine is 14:00Z on the 3rd and 13:00Z on the 9th.
    expect(await reminders(id, personId)).toEqual(['2037-03-03T14:00 planned', '2037-03-09T13:00 planned']);
  });

  it('stop for whoever does not come any more, and for nobody else', async () => {
    const id = await conference({ capacity: 2 });
    const [first, second, waiting] = [await register(id), await register(id), await register(id)];
    expect(await reminders(id, waiting.personId)).toEqual([]);
    await post(`/v1/registrations/${first.id}/cancellation`, {}, 200);
    const gone = ['2037-03-03T14:00 no_longer_wanted', '2037-03-09T13:00 no_longer_wanted'];
    const planned = ['2037-03-03T14:00 planned', '2037-03-09T13:00 planned'];
    expect(await reminders(id, first.personId)).toEqual(gone);
    expect(await reminders(id, second.personId)).toEqual(planned);
    expect(await reminders(id, waiting.personId)).toEqual(planned);
  });

  it('move with the conference and its sessions, also to a time for which they come too late', async () => {
    const id = await conference();
    const { personId } = await register(id);
    const [panel, chair] = [await session(id), await person()];
    await speaker(panel, chair);
    expect(await reminders(panel)).toEqual(['2037-03-09T21:00 planned']);
    const later = { startsAt: '2037-03-17T09:00', endsAt: '2037-03-18T18:00' };
    await patch(`/v1/conferences/${id}`, { ...later, moveSessions: true });
    expect(await reminders(id, personId)).toEqual([
      '2037-03-03T14:00 rescheduled',
      '2037-03-09T13:00 rescheduled',
      '2037-03-10T13:00 planned',
      '2037-03-16T13:00 planned',
    ]);
    expect(await reminders(panel, chair)).toEqual(['2037-03-09T21:00 rescheduled', '2037-03-16T21:00 planned']);
    const soon = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
    await patch(`/v1/conferences/${id}`, { startsAt: soon(72), endsAt: soon(96), moveSessions: true });
    const inThreeDays = (await reminders(id, personId)).filter((each) => !each.endsWith('rescheduled'));
    expect(inThreeDays.map((each) => each.split(' ')[1])).toEqual(['past', 'planned']);
    await patch(`/v1/conferences/${id}`, { startsAt: soon(6), endsAt: soon(36), moveSessions: true });
    const today = (await reminders(id, personId)).filter((each) => !each.endsWith('rescheduled'));
    expect(today.map((each) => each.split(' ')[1])).toEqual(['past', 'past', 'past']);
  });

  it('are back as they were when the conference moves back', async () => {
    const id = await conference();
    const { personId } = await register(id);
    await patch(`/v1/conferences/${id}`, { startsAt: '2037-03-10T08:00' });
    await patch(`/v1/conferences/${id}`, { startsAt: '2037-03-10T09:00' });
    const planned = (await reminders(id, personId)).filter((each) => each.endsWith('planned'));
    expect(planned).toEqual(['2037-03-03T14:00 planned', '2037-03-09T13:00 planned']);
  });

  it('say where and what it is now', async () => {
    const id = await conference();
    const { personId } = await register(id);
    await patch(`/v1/conferences/${id}`, { name: 'Forum', venue: 'New Hall' });
    const { body } = await staff.get(`/v1/messages?filter[personId]=${personId}&filter[kind]=reminder`).expect(200);
    const [first] = body.data as { id: string; subject: string }[];
    expect(first?.subject).toBe('Reminder: Forum');
    const { text } = (await staff.get(`/v1/messages/${first?.id}/preview`).expect(200)).body as { text: string };
    expect(text).toContain('New Hall');
  });

  it('wait until a draft is published, and stop when it is cancelled, completed or a draft again', async () => {
    const id = await conference({ status: 'draft' });
    const { personId } = await register(id);
    const panel = await session(id);
    const chair = await person();
    await speaker(panel, chair);
    expect([...(await reminders(id)), ...(await reminders(panel))]).toEqual([]);
    const all = async (reason: string) => {
      const wanted = [`2037-03-03T14:00 ${reason}`, `2037-03-09T13:00 ${reason}`];
      expect(await reminders(id, personId)).toEqual(wanted);
      expect(await reminders(panel, chair)).toEqual([`2037-03-09T21:00 ${reason}`]);
    };
    for (const [status, reason] of [
      ['published', 'planned'],
      ['draft', 'no_longer_wanted'],
      ['published', 'planned'],
      ['completed', 'completed'],
      ['in_progress', 'planned'],
      ['cancelled', 'subject_called_off'],
    ] as const) {
      await patch(`/v1/conferences/${id}`, { status });
      await all(reason);
    }
  });

  it('remind nobody of a time that is not exact, or not known', async () => {
    const id = await conference();
    const { personId } = await register(id);
    await patch(`/v1/conferences/${id}`, { datePrecision: 'month' });
    const gone = ['2037-03-03T14:00 no_longer_wanted', '2037-03-09T13:00 no_longer_wanted'];
    expect(await reminders(id, personId)).toEqual(gone);
    await patch(`/v1/conferences/${id}`, { startsAt: null, endsAt: null, datePrecision: 'unknown' });
    expect(await reminders(id, personId)).toEqual(gone);
  });

  it('of a session go to its speakers as long as they have not said no', async () => {
    const id = await conference();
    const panel = await session(id);
    const chair = await person();
    const part = await speaker(panel, chair);
    expect(await reminders(panel, chair)).toEqual(['2037-03-09T21:00 planned']);
    await patch(`/v1/speakers/${part}`, { status: 'declined' });
    expect(await reminders(panel, chair)).toEqual(['2037-03-09T21:00 no_longer_wanted']);
    await patch(`/v1/speakers/${part}`, { status: 'confirmed' });
    expect(await reminders(panel, chair)).toEqual(['2037-03-09T21:00 planned']);
    await staff.delete(`/v1/speakers/${part}`).expect(204);
    expect(await reminders(panel, chair)).toEqual(['2037-03-09T21:00 no_longer_wanted']);
    await speaker(panel, chair, { role: 'host' });
    await patch(`/v1/sessions/${panel}`, { startsAt: '2037-03-11T10:00', endsAt: '2037-03-11T11:00' });
    expect(await reminders(panel, chair)).toEqual(['2037-03-09T21:00 rescheduled', '2037-03-10T21:00 planned']);
    await patch(`/v1/sessions/${panel}`, { status: 'cancelled' });
    expect(await reminders(panel, chair)).toEqual([
      '2037-03-09T21:00 rescheduled',
      '2037-03-10T21:00 subject_called_off',
    ]);
  });

  describe('by a rule', () => {
    it('for the speakers of a conference follow its sessions', async () => {
      const { id: ruleId } = await (async () => {
        const admin = await api.as('admin');
        const rule = {
          subject: 'conference',
          offset: '-P3D',
          audience: 'speakers',
          templateKey: 'conference_reminder',
        };
        return (await admin.post('/v1/reminder-rules').send(rule).expect(201)).body as { id: string };
      })();
      const id = await conference();
      const chair = await person();
      const panel = await session(id);
      await speaker(panel, chair);
      expect(await reminders(id, chair)).toEqual(['2037-03-07T14:00 planned']);
      await patch(`/v1/sessions/${panel}`, { status: 'cancelled' });
      expect(await reminders(id, chair)).toEqual(['2037-03-07T14:00 no_longer_wanted']);
      await (await api.as('admin')).delete(`/v1/reminder-rules/${ruleId}`).expect(204);
    });
  });

  describe('and the answers of speakers', () => {
    const invited = async (sessionId: string, personId: string) => {
      const about = { type: 'session', id: sessionId };
      await post('/v1/invitations', { about, recipients: { personIds: [personId] } }, 202);
      const { body } = await staff.get(`/v1/invitations?filter[personId]=${personId}`).expect(200);
      const [{ id }] = body.data as [{ id: string }];
      return (status: string) => post(`/v1/invitations/${id}/response`, { status }, 200);
    };
    const statusOf = async (speakerId: string) =>
      ((await staff.get(`/v1/speakers/${speakerId}`).expect(200)).body as { status: string }).status;
    const isFree = async (personId: string) => {
      const span = 'from=2037-03-10T00:00:00Z&to=2037-03-12T00:00:00Z';
      const { body } = await staff.get(`/v1/availability?personIds=${personId}&${span}`).expect(200);
      return !JSON.stringify(body).includes('Critical minerals');
    };

    it('confirm whoever accepts, and free whoever declines', async () => {
      const panel = await session(await conference());
      const chair = await person();
      const part = await speaker(panel, chair);
      const answer = await invited(panel, chair);
      await answer('tentative');
      expect(await statusOf(part)).toBe('invited');
      await answer('accepted');
      expect(await statusOf(part)).toBe('confirmed');
      expect(await isFree(chair)).toBe(false);
      await answer('declined');
      expect(await statusOf(part)).toBe('declined');
      expect(await isFree(chair)).toBe(true);
      expect(await reminders(panel, chair)).toEqual(['2037-03-09T21:00 no_longer_wanted']);
    });

    it('count also when the speaker is booked elsewhere by then', async () => {
      const id = await conference();
      const [panel, other] = [await session(id), await session(id, { title: 'Elsewhere' })];
      const chair = await person();
      const part = await speaker(panel, chair);
      const answer = await invited(panel, chair);
      await answer('declined');
      await speaker(other, chair);
      await answer('accepted');
      expect(await statusOf(part)).toBe('confirmed');
      expect(await isFree(chair)).toBe(false);
    });

    it('leave alone whoever staff took off the programme', async () => {
      const panel = await session(await conference());
      const chair = await person();
      const part = await speaker(panel, chair, { status: 'withdrawn' });
      await (
        await invited(panel, chair)
      )('accepted');
      expect(await statusOf(part)).toBe('withdrawn');
    });

    it('of those who do not speak bring reminders, or take them back', async () => {
      const panel = await session(await conference());
      const guest = await person();
      const answer = await invited(panel, guest);
      expect(await reminders(panel, guest)).toEqual([]);
      await answer('accepted');
      expect(await reminders(panel, guest)).toEqual(['2037-03-09T21:00 planned']);
      await patch(`/v1/sessions/${panel}`, { startsAt: '2037-03-11T10:00', endsAt: '2037-03-11T11:00' });
      expect(await reminders(panel, guest)).toEqual(['2037-03-09T21:00 rescheduled', '2037-03-10T21:00 planned']);
      await answer('tentative');
      expect(await reminders(panel, guest)).toEqual([
        '2037-03-09T21:00 rescheduled',
        '2037-03-10T21:00 no_longer_wanted',
      ]);
    });
  });

  it('leave one reminder of each kind to each guest, however many register while the conference moves', async () => {
    const id = await conference();
    const guests = await Promise.all(Array.from({ length: 12 }, () => person()));
    const starts = ['2037-03-10T08:00', '2037-03-10T08:30', '2037-03-10T09:00'];
    await Promise.all([
      ...guests.map((personId) => post(`/v1/conferences/${id}/registrations`, { personId })),
      ...starts.map((startsAt) => patch(`/v1/conferences/${id}`, { startsAt })),
    ]);
    await patch(`/v1/conferences/${id}`, { startsAt: '2037-03-10T07:45' });
    for (const personId of guests) {
      const planned = (await reminders(id, personId)).filter((each) => each.endsWith('planned'));
      expect(planned).toEqual(['2037-03-03T14:00 planned', '2037-03-09T13:00 planned']);
    }
  });
});
