import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { type ArrivedMail, SmtpSink } from './smtp-sink.js';
import { type Client, startTestApi, type TestApi } from './test-api.js';
import { WorkerProcess } from './worker-process.js';

/** The worker's, so that the links in its mails are good for the API. */
const SECRET = 'a secret of the tests that is long enough';
const DELIVERY = { sweepInterval: 100, queuedLease: 5_000, sendingLease: 6_000, retryBase: 200 };
/** Milliseconds to wait for what a worker does; a ceiling, not an expectation. */
const PATIENCE = 40_000;
const PAUSE = 25;

/** Whatever the API answers. */
export interface Made {
  id: string;
  [field: string]: unknown;
}

/** A running API, a real worker and a real mail server, for tests that tell a story from its beginning to its end. */
export class StoryGround {
  /** Ids by name. */
  readonly ids = new Map<string, string>();

  private constructor(
    readonly api: TestApi,
    readonly sink: SmtpSink,
    readonly worker: WorkerProcess,
    readonly staff: Client,
  ) {}

  static async open(): Promise<StoryGround> {
    const [api, sink] = await Promise.all([startTestApi({ jwtSecret: SECRET }), new SmtpSink().start()]);
    const options = { databaseUrl: api.databaseUrl, smtpUrl: sink.url, delivery: DELIVERY };
    return new StoryGround(api, sink, await WorkerProcess.start(options), await api.as('staff'));
  }

  async close(): Promise<void> {
    await this.worker.kill();
    await this.api.close();
    await this.sink.stop();
  }

  /** Throws with the whole answer when it has another status. */
  async post<Answer = Made>(path: string, body: object = {}, status = 201, client = this.staff): Promise<Answer> {
    const answer = await client.post(path).send(body);
    if (answer.status !== status) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as Answer;
  }

  async patch<Answer = Made>(path: string, body: object): Promise<Answer> {
    const answer = await this.staff.patch(path).send(body);
    if (answer.status !== 200) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as Answer;
  }

  async get<Answer = Made>(path: string): Promise<Answer> {
    return (await this.staff.get(path).expect(200)).body as Answer;
  }

  /** The id of what was kept under this name. */
  id(name: string): string {
    const id = this.ids.get(name);
    if (!id) throw new Error(`Nobody has told of ${name} yet.`);
    return id;
  }

  /** Keeps the id of what is made under a name. */
  async keep(name: string, made: Promise<Made>): Promise<string> {
    const { id } = await made;
    this.ids.set(name, id);
    return id;
  }

  /** What of the ledger is due has gone its way. */
  async settled(): Promise<void> {
    const due = `SELECT count(*)::int AS count FROM messages
      WHERE status IN ('queued', 'sending') OR (status = 'planned' AND due_at <= now())`;
    await this.until(async () => (await this.api.database.queryOne<{ count: number }>(due))?.count === 0);
  }

  /** Time passes: what is planned of a kind becomes due now, or only what would go out from one day to another. */
  async theTimeComesFor(kind: string, from = '2000-01-01', until = '2999-01-01'): Promise<void> {
    const due = `UPDATE messages SET due_at = now() WHERE kind = $1 AND status = 'planned' AND send_at BETWEEN $2 AND $3`;
    await this.api.database.query(due, [kind, from, until]);
    await this.settled();
  }

  /** Waits for what a worker brings about. */
  async until(come: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE; !(await come());) {
      if (Date.now() > end) throw new Error(`Not in time: ${come.toString()}\n${this.worker.output.slice(-2_000)}`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  mailsTo(address: string): ArrivedMail[] {
    return this.sink.mails.filter(({ to }) => to === address);
  }

  lastTo(address: string): ArrivedMail {
    const mail = this.mailsTo(address).at(-1);
    if (!mail) throw new Error(`Nothing arrived at ${address}.`);
    return mail;
  }

  /** Somebody opens the link in their last mail. Answers where it leads, and the page. */
  async look(address: string): Promise<{ link: string; page: string }> {
    const [link = ''] = /\/rsvp\/[^\s\]>)]+/.exec(this.lastTo(address).text) ?? [];
    return { link, page: (await this.api.guest.get(link).expect(200)).text };
  }

  /** The same, and presses a button there. */
  async respond(address: string, status: string, note = ''): Promise<void> {
    const { link } = await this.look(address);
    await this.api.guest.post(link).type('form').send({ status, note }).expect(303);
    await this.settled();
  }
}

/** What a calendar program reads in a mail. */
export async function entryIn({ raw }: ArrivedMail) {
  const { attachments } = await simpleParser(raw);
  const file = attachments.find(({ contentType }) => contentType === 'text/calendar');
  const calendar = new ICAL.Component(ICAL.parse(file?.content.toString() ?? '') as unknown[]);
  const [component] = calendar.getAllSubcomponents('vevent');
  if (!component) throw new Error('This mail has no entry for a calendar.');
  const { uid, sequence, startDate } = new ICAL.Event(component);
  const attendee = component.getFirstProperty('attendee');
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid,
    sequence,
    attendee: `${String(attendee?.getFirstValue())} ${String(attendee?.getParameter('partstat'))}`,
    startsAt: startDate.toString().slice(11, 16),
  };
}
