import { simpleParser } from 'mailparser';
import { modulesFor, modulesOf } from '../support/qr-picture.js';
import { type ArrivedMail, SmtpSink } from '../support/smtp-sink.js';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';
import { WorkerProcess } from '../support/worker-process.js';

describe('what arrives of a registration', () => {
  let api: TestApi;
  let staff: Client;
  let sink: SmtpSink;
  let worker: WorkerProcess;

  beforeAll(async () => {
    [api, sink] = await Promise.all([startTestApi(), new SmtpSink().start()]);
    staff = await api.as('staff');
    worker = await WorkerProcess.start({ databaseUrl: api.databaseUrl, smtpUrl: sink.url });
  }, 60_000);
  afterAll(async () => {
    await worker?.kill();
    await sink?.stop();
    await api?.close();
  });

  async function post<T = { id: string }>(path: string, body: object = {}, status = 201): Promise<T> {
    const answer = await staff.post(path).send(body);
    if (answer.status !== status) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }
  const conference = async (capacity: number | null = null) => {
    const days = { startsAt: '2037-03-10T09:00', endsAt: '2037-03-11T18:00', timeZone: 'America/New_York' };
    const body = { name: 'Trade Conference', status: 'published', venue: 'Chamber Hall', capacity, ...days };
    return (await post('/v1/conferences', body)).id;
  };
  const register = async (conferenceId: string, email: string, locale = 'en') => {
    const { id: personId } = await post('/v1/people', { fullName: 'Aysel Quliyeva', email, locale });
    return post<{ id: string; code: string }>(`/v1/conferences/${conferenceId}/registrations`, { personId });
  };
  /** The mail with these words in its subject, once it is here. */
  const arrival = async (to: string, subject: string): Promise<ArrivedMail> => {
    for (let tries = 0; tries < 600; tries += 1) {
      const mail = sink.mails.find((each) => each.to === to && each.subject.includes(subject));
      if (mail) return mail;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`Nothing came to ${to}, only ${JSON.stringify(sink.mails.map((mail) => [mail.to, mail.subject]))}`);
  };
  const entryOf = ({ raw }: ArrivedMail) =>
    simpleParser(raw).then(({ attachments }) =>
      attachments
        .filter(({ contentType }) => contentType.includes('calendar') || contentType === 'application/ics')
        .map(({ content }) => content.toString())
        .join()
        .replaceAll('\r\n ', ''),
    );

  it('has the date, the place, the code in words and as a picture that opens the door, and an accepted entry', async () => {
    const { id, code } = await register(await conference(), 'aysel@example.com');
    const mail = await arrival('aysel@example.com', 'Registration confirmed: Trade Conference');
    expect(mail.text).toContain('Tuesday, March 10, 2037');
    expect(mail.text).toContain('Chamber Hall');
    expect(mail.text).toContain(code);
    const { attachments } = await simpleParser(mail.raw);
    const picture = attachments.find(({ cid }) => cid === 'code');
    expect(picture).toMatchObject({ contentType: 'image/png', contentDisposition: 'inline', related: true });
    const { modules, rows } = modulesFor(code);
    expect(modulesOf(picture?.content ?? Buffer.alloc(0), modules)).toBe(rows);
    expect(modulesFor(`${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`).rows).not.toBe(rows);
    expect(await entryOf(mail)).toMatch(/METHOD:REQUEST[\s\S]*PARTSTAT=ACCEPTED/);
    expect(await post('/v1/registrations/check-in', { code }, 200)).toMatchObject({ id, status: 'attended' });
  });

  it('is one mail for each step, in the language of the guest, and an entry that goes when the place does', async () => {
    const id = await conference(1);
    const [first, second] = [await register(id, 'first@example.com'), await register(id, 'second@example.com', 'az')];
    await arrival('first@example.com', 'Registration confirmed');
    await arrival('second@example.com', 'Gözləmə siyahısı');
    await post(`/v1/registrations/${first.id}/cancellation`, {}, 200);
    const gone = await arrival('first@example.com', 'Registration cancelled');
    expect(await entryOf(gone)).toMatch(/METHOD:CANCEL[\s\S]*STATUS:CANCELLED/);
    const placed = await arrival('second@example.com', 'Sizin üçün yer var: Trade Conference');
    expect(placed.text).toContain(second.code);
    await post(`/v1/registrations/${first.id}/cancellation`, {}, 200);
    const { id: last } = await register(await conference(), 'last@example.com', 'ru');
    expect(last).toEqual(expect.any(String));
    await arrival('last@example.com', 'Регистрация подтверждена');
    const subjects = (to: string) =>
      sink.mails.filter((mail) => mail.to === to).map((mail) => mail.subject.split(':')[0]);
    expect(subjects('first@example.com')).toEqual(['Registration confirmed', 'Registration cancelled']);
    expect(subjects('second@example.com')).toEqual(['Gözləmə siyahısı', 'Sizin üçün yer var']);
    expect(sink.repeated).toEqual([]);
  });
});
