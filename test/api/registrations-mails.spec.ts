import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Mail {
  id: string;
  templateKey: string;
  status: string;
  reason: string | null;
  subject: string;
  sendAt: string;
}

describe('the mails of a registration', () => {
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

  const conference = async (fields: object = {}) => {
    const days = { startsAt: '2037-03-10T09:00', endsAt: '2037-03-11T18:00', timeZone: 'America/New_York' };
    const where = { venue: 'Chamber Hall', city: 'Washington' };
    const name = 'Trade and Business Conference';
    return (await post('/v1/conferences', { name, status: 'published', ...where, ...days, ...fields })).id;
  };
  const person = async (fields: object = {}) => {
    const email = `guest${(people += 1)}@example.com`;
    return (await post('/v1/people', { fullName: `Guest ${people}`, email, ...fields })).id;
  };
  const register = async (conferenceId: string, personId?: string, fields: object = {}) => {
    const body = { personId: personId ?? (await person()), ...fields };
    const made = await post<{ id: string; personId: string; code: string; plannedMessages: { kind: string }[] }>(
      `/v1/conferences/${conferenceId}/registrations`,
      body,
    );
    return made;
  };
  const cancel = (id: string) => post(`/v1/registrations/${id}/cancellation`, {}, 200);
  const mailsTo = async (conferenceId: string, personId: string) => {
    const query = `filter[aboutId]=${conferenceId}&filter[personId]=${personId}&filter[kind]=notice&sort=createdAt&limit=200`;
    return (await staff.get(`/v1/messages?${query}`).expect(200)).body.data as Mail[];
  };
  const told = async (conferenceId: string, personId: string) =>
    (await mailsTo(conferenceId, personId)).map(
      ({ templateKey, status, reason }) => `${templateKey.replace('registration_', '')} ${reason ?? status}`,
    );
  /** As the worker does, which the tests of the API do without. */
  const send = (conferenceId: string, personId: string) =>
    api.database.query(
      `UPDATE messages SET status = 'sent', sent_at = now() WHERE about_id = $1 AND person_id = $2 AND kind = 'notice' AND status = 'planned'`,
      [conferenceId, personId],
    );

  it('confirm a place at once, and the answer names them', async () => {
    const id = await conference();
    const { personId, code, plannedMessages } = await register(id);
    expect(plannedMessages.map(({ kind }) => kind)).toEqual(['notice', 'reminder', 'reminder']);
    const [mail] = await mailsTo(id, personId);
    expect(mail).toMatchObject({
      templateKey: 'registration_confirmed',
      status: 'planned',
      subject: 'Registration confirmed: Trade and Business Conference',
    });
    expect(new Date(mail?.sendAt ?? '').getTime()).toBeLessThanOrEqual(Date.now());
    const { html, text } = (await staff.get(`/v1/messages/${mail?.id}/preview`).expect(200)).body as Record<
      string,
      string
    >;
    expect(text).toContain(code);
    expect(text).toContain('Chamber Hall, Washington');
    expect(html).toContain('data:image/png;base64,');
    expect(html).not.toContain('cid:code');
  });

  it.each([
    ['az', 'Qeydiyyatınız təsdiqləndi: ', 'Gözləmə siyahısı: '],
    ['ru', 'Регистрация подтверждена: ', 'Лист ожидания: '],
  ])('speak the language of the guest: %s', async (locale, confirmed, waiting) => {
    const id = await conference({ capacity: 1 });
    const [first, second] = [
      await register(id, await person({ locale })),
      await register(id, await person({ locale })),
    ];
    expect((await mailsTo(id, first.personId))[0]?.subject).toContain(confirmed);
    expect((await mailsTo(id, second.personId))[0]?.subject).toContain(waiting);
  });

  it('say the place in the line to whoever waits, and then that there is a place, once', async () => {
    const id = await conference({ capacity: 1 });
    const [first, second, third] = [await register(id), await register(id), await register(id)];
    expect(await told(id, third.personId)).toEqual(['waitlisted planned']);
    const [mail] = await mailsTo(id, third.personId);
    const { text } = (await staff.get(`/v1/messages/${mail?.id}/preview`)).body as { text: string };
    expect(text).toContain('at number 2');
    await send(id, second.personId);
    await cancel(first.id);
    await cancel(first.id);
    expect(await told(id, second.personId)).toEqual(['waitlisted sent', 'promoted planned']);
    await staff.patch(`/v1/conferences/${id}`).send({ capacity: 5 }).expect(200);
    expect(await told(id, second.personId)).toEqual(['waitlisted sent', 'promoted planned']);
    // Whoever had not heard of the line yet hears of the place alone.
    expect(await told(id, third.personId)).toEqual(['waitlisted registration_changed', 'promoted planned']);
  });

  it('are not sent when the registration is taken back at once', async () => {
    const id = await conference();
    const { id: registrationId, personId } = await register(id);
    await cancel(registrationId);
    expect(await told(id, personId)).toEqual(['confirmed registration_changed']);
    const again = await register(id, personId);
    expect(await told(id, personId)).toEqual(['confirmed registration_changed', 'confirmed planned']);
    expect(again.plannedMessages.map(({ kind }) => kind)).toEqual(['notice', 'reminder', 'reminder']);
  });

  it('tell of a cancellation only who had been told of a place', async () => {
    const id = await conference({ capacity: 1 });
    const [first, second] = [await register(id), await register(id)];
    await send(id, first.personId);
    await send(id, second.personId);
    await cancel(second.id);
    await cancel(first.id);
    await cancel(first.id);
    expect(await told(id, first.personId)).toEqual(['confirmed sent', 'cancelled planned']);
    expect(await told(id, second.personId)).toEqual(['waitlisted sent']);
  });

  it('follow an answer to the invitation: a yes confirms, a no after it cancels', async () => {
    const id = await conference();
    const personId = await person();
    await post('/v1/invitations', { about: { type: 'conference', id }, recipients: { personIds: [personId] } }, 202);
    const { body } = await staff.get(`/v1/invitations?filter[personId]=${personId}`).expect(200);
    const answer = (status: string) => post(`/v1/invitations/${body.data[0].id}/response`, { status }, 200);
    await answer('accepted');
    await answer('accepted');
    expect(await told(id, personId)).toEqual(['confirmed planned']);
    await send(id, personId);
    await answer('declined');
    expect(await told(id, personId)).toEqual(['confirmed sent', 'cancelled planned']);
  });

  it.each(['attendee', 'speaker', 'delegate', 'press', 'staff'])('go to a guest of kind %s too', async (kind) => {
    const id = await conference();
    const { personId } = await register(id, undefined, { kind });
    expect(await told(id, personId)).toEqual(['confirmed planned']);
  });

  it('confirm the place of somebody who waits and becomes one who needs none', async () => {
    const id = await conference({ capacity: 1 });
    await register(id);
    const { id: waiting, personId } = await register(id);
    await send(id, personId);
    await staff.patch(`/v1/registrations/${waiting}`).send({ kind: 'press' }).expect(200);
    expect(await told(id, personId)).toEqual(['waitlisted sent']);
    await staff.patch(`/v1/registrations/${waiting}`).send({ kind: 'staff' }).expect(200);
    expect(await told(id, personId)).toEqual(['waitlisted sent', 'promoted planned']);
  });

  it('are silent about conferences that are over, and about drafts until they are published', async () => {
    const past = { startsAt: '2026-03-10T09:00', endsAt: '2026-03-11T18:00' };
    const over = await conference(past);
    const late = await register(over);
    expect(late.plannedMessages).toEqual([]);
    expect(await told(over, late.personId)).toEqual([]);
    const draft = await conference({ status: 'draft' });
    const [early, gone] = [await register(draft), await register(draft)];
    await cancel(gone.id);
    expect(await told(draft, early.personId)).toEqual([]);
    await staff.patch(`/v1/conferences/${draft}`).send({ status: 'published' }).expect(200);
    await staff.patch(`/v1/conferences/${draft}`).send({ status: 'draft' }).expect(200);
    await staff.patch(`/v1/conferences/${draft}`).send({ status: 'published' }).expect(200);
    expect(await told(draft, early.personId)).toEqual(['confirmed planned']);
    expect(await told(draft, gone.personId)).toEqual([]);
  });

  it('do not stop a registration of somebody without an address; the explanation says why nothing went', async () => {
    const id = await conference();
    const { personId } = await register(id, await person({ email: null }));
    expect(await told(id, personId)).toEqual(['confirmed no_address']);
    const query = `aboutId=${id}&personId=${personId}`;
    const { body } = await staff.get(`/v1/messages/explanation?${query}`).expect(200);
    expect((body.data as { reason: string }[]).map(({ reason }) => reason)).toEqual([
      'no_address',
      'no_address',
      'no_address',
    ]);
  });

  it('are one for each who moves up, whatever else happens at the same moment', async () => {
    const id = await conference({ capacity: 4 });
    const made = [];
    for (let n = 0; n < 14; n += 1) made.push(await register(id));
    const [placed, waiting] = [made.slice(0, 4), made.slice(4)];
    for (const { personId } of made) await send(id, personId);
    const more = (capacity: number) => staff.patch(`/v1/conferences/${id}`).send({ capacity }).expect(200);
    await Promise.all([
      ...placed.flatMap((each) => [cancel(each.id), cancel(each.id)]),
      more(6),
      more(5),
      more(6),
      cancel(waiting[1]?.id ?? ''),
      staff.patch(`/v1/conferences/${id}`).send({ venue: 'Another Hall' }).expect(200),
    ]);
    await more(6);
    const { body } = await staff.get(`/v1/conferences/${id}/registrations?filter[status]=confirmed`).expect(200);
    const confirmed = (body.data as { personId: string }[]).map(({ personId }) => personId);
    const inOrder = waiting.filter((_, index) => index !== 1).map(({ personId }) => personId);
    expect(confirmed).toEqual(inOrder.slice(0, 6));
    for (const { personId } of waiting) {
      const promotions = (await told(id, personId)).filter((each) => each.startsWith('promoted'));
      const wasPromoted = confirmed.includes(personId);
      if (personId !== waiting[1]?.personId) expect(promotions).toEqual(wasPromoted ? ['promoted planned'] : []);
    }
    for (const { personId } of placed)
      expect(await told(id, personId)).toEqual(expect.arrayContaining(['confirmed sent', 'cancelled planned']));
  });
});
