import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const report = (
  email: string,
  status: string,
  action = 'failed',
  messageId?: string,
) => `Reporting-MTA: dns; mx.example.net
${messageId ? `X-Original-Message-ID: <${messageId}@chamber.example>\n` : ''}
Final-Recipient: rfc822; ${email}
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 ${status} that is what the server said
`;

interface Message {
  id: string;
  bounce: string | null;
  status: string;
  subject: string;
  recipient: { email: string; userId: string | null };
}

describe('mails that come back', () => {
  let api: TestApi;
  let staff: Client;
  let people = 0;

  beforeAll(async () => {
    api = await startTestApi();
    [staff] = [await api.as('staff'), await api.as('manager')];
  });
  afterAll(() => api?.close());

  const send = (text: string, type = 'message/delivery-status') =>
    staff.post('/v1/bounces').set('Content-Type', type).send(text);
  const messages = async (query: string) =>
    (await staff.get(`/v1/messages?${query}`).expect(200)).body.data as Message[];

  /** An invitation that has been handed to the mail server. */
  async function invited(): Promise<{ email: string; message: Message; conferenceId: string; personId: string }> {
    const email = `guest${(people += 1)}@example.com`;
    const days = { startsAt: '2027-03-10T09:00', endsAt: '2027-03-11T18:00', timeZone: 'America/New_York' };
    const conference = await staff
      .post('/v1/conferences')
      .send({ name: 'Trade Conference', ...days })
      .expect(201);
    const person = await staff
      .post('/v1/people')
      .send({ fullName: `Guest ${people}`, email })
      .expect(201);
    const { id: conferenceId } = conference.body as { id: string };
    const { id: personId } = person.body as { id: string };
    const round = { about: { type: 'conference', id: conferenceId }, recipients: { personIds: [personId] } };
    await staff.post('/v1/invitations').send(round).expect(202);
    await api.database.query(`UPDATE messages SET status = 'sent', sent_at = now() WHERE email = $1`, [email]);
    const [message] = await messages(`filter[email]=${email}`);
    return { email, message: message as Message, conferenceId, personId };
  }

  it('suppress an address that does not exist, and tell who wrote to it', async () => {
    const { email, message } = await invited();
    const { body } = await send(report(email, '5.1.1', 'failed', message.id)).expect(200);
    expect(body.recipients).toMatchObject([{ email, effect: 'suppressed', messageId: message.id }]);
    const suppressed = await staff.get(`/v1/suppressions?filter[email]=${email}`).expect(200);
    expect(suppressed.body.data).toMatchObject([{ email, source: 'bounced' }]);
    const [notice] = await messages(`filter[userId]=${staff.id}&filter[kind]=notice&limit=1&sort=-createdAt`);
    expect(notice).toMatchObject({ subject: expect.stringContaining('Mail came back') as string });
    const preview = await staff.get(`/v1/messages/${notice?.id}/preview`).expect(200);
    expect(preview.body.text).toContain(email);
    expect(preview.body.text).toContain('that is what the server said');
  });

  it('show on the message, and in words, that it came back', async () => {
    const { email, message, conferenceId, personId } = await invited();
    await send(report(email, '5.2.2', 'failed', message.id)).expect(200);
    const { body } = await staff.get(`/v1/messages/${message.id}`).expect(200);
    expect(body).toMatchObject({ status: 'sent', bounce: '5.2.2: 550 5.2.2 that is what the server said' });
    const why = await staff.get(`/v1/messages/explanation?aboutId=${conferenceId}&personId=${personId}`).expect(200);
    expect(JSON.stringify(why.body)).toContain('It came back: 5.2.2');
    expect((await staff.get(`/v1/suppressions?filter[email]=${email}`)).body.data).toEqual([]);
  });

  it('do the same the second time as the first', async () => {
    const { email, message } = await invited();
    const first = await send(report(email, '5.1.1')).expect(200);
    const second = await send(report(email, '5.1.1')).expect(200);
    expect(second.body).toEqual(first.body);
    expect(first.body.recipients).toMatchObject([{ messageId: message.id }]);
    const notices = (await messages(`filter[userId]=${staff.id}&filter[kind]=notice&limit=200`)).filter(
      ({ subject }) => subject === `Mail came back: Guest ${people}`,
    );
    expect(notices).toHaveLength(1);
  });

  it('are found by their address where the report names no message of ours', async () => {
    const { email, message } = await invited();
    const { body } = await send(report(email.toUpperCase(), '5.7.1')).expect(200);
    expect(body.recipients).toMatchObject([{ effect: 'noted', messageId: message.id }]);
  });

  it('never suppress the address of one report for the message of another', async () => {
    const [one, other] = [await invited(), await invited()];
    const { body } = await send(report(one.email, '5.2.1', 'failed', other.message.id)).expect(200);
    expect(body.recipients).toMatchObject([{ messageId: one.message.id }]);
    expect((await staff.get(`/v1/messages/${other.message.id}`)).body.bounce).toBeNull();
  });

  it('do nothing where the mail is only late, or has arrived', async () => {
    const { email } = await invited();
    const late = await send(report(email, '4.4.1', 'delayed')).expect(200);
    expect(late.body.recipients).toMatchObject([{ effect: 'ignored', messageId: null }]);
    const arrived = await send(report(email, '2.0.0', 'delivered')).expect(200);
    expect(arrived.body.recipients).toMatchObject([{ effect: 'ignored' }]);
  });

  it('tell the managers where nobody of ours wrote to the address', async () => {
    await send(report('stranger@example.com', '5.1.1')).expect(200);
    const manager = await api.as('manager');
    const notices = await messages(`filter[userId]=${manager.id}&filter[kind]=notice`);
    expect(notices.map(({ subject }) => subject)).toContain('Mail came back: stranger@example.com');
  });

  it('are taken as the whole mail that a server returns, too', async () => {
    const { email } = await invited();
    const mail = `Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n${report(email, '5.1.2')}--x--`;
    const { body } = await send(mail, 'message/rfc822').expect(200);
    expect(body.recipients).toMatchObject([{ email, effect: 'suppressed' }]);
  });

  it('are refused with a reason where they are something else', async () => {
    const { body } = await send('Out of office until Monday.').expect(422);
    expect(body.errors).toMatchObject([{ code: 'no_delivery_report' }]);
    await send('').expect(422);
    await staff.post('/v1/bounces').send({ email: 'a@example.com' }).expect(415);
    await (
      await api.as('viewer')
    )
      .post('/v1/bounces')
      .set('Content-Type', 'message/delivery-status')
      .send('x')
      .expect(403);
  });
});
