import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** One mail as it arrived. */
export interface ArrivedMail {
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Map<string, unknown>;
  /** As on the wire. */
  raw: string;
  /** When its final dot was here. */
  at: Date;
}

/** A refusal the sink is to speak: `451 4.3.0 later`. A 421 also hangs up. */
export interface Refusal {
  code: number;
  text: string;
}

/** What goes wrong with one mail, or with the connection it comes by. */
export interface Misbehaviour {
  /** Spoken instead of a yes: to the recipient, or to the final dot. */
  refusal?: Refusal & { at: 'recipient' | 'final dot' };
  /** Milliseconds before each answer. */
  slow?: number;
  /** Where the connection ends; `taken` keeps the mail first, as a server does whose answer is lost. */
  drop?:
    'at the recipient' | 'before the final dot' | 'after the final dot' | 'after the final dot, taken' | 'after 250';
  /** The connection ends by a reset instead of a FIN. */
  reset?: boolean;
}

/** A real SMTP server that keeps what it is given, and misbehaves when told to. */
export class SmtpSink {
  /** What was accepted: kept, and the 250 written unless the connection was dropped on purpose. */
  readonly mails: ArrivedMail[] = [];
  /** Called with each new connection; a refusal greets it. */
  onConnection: () => Refusal | undefined = () => undefined;
  /** Called with each recipient; a refusal turns it away. */
  onRecipient: (address: string) => Refusal | undefined = () => undefined;
  /** Called with each recipient and how often it has come, from 1. */
  misbehave: (address: string, attempt: number) => Misbehaviour | undefined = () => undefined;
  /** Called when the whole message, its final dot included, is here; the mail counts as accepted when it resolves. */
  onMessage: (mail: ArrivedMail, session: SMTPServerSession) => Promise<Refusal | undefined> = async () => undefined;
  /** Called the moment the answer to the final dot has been given to the socket. */
  onAnswered: (mail: ArrivedMail) => void = () => undefined;
  /** Messages whose final dot has arrived, accepted or not. */
  handedOver = 0;
  /** Connections dropped on purpose after the final dot without an answer: the sender cannot know. */
  unanswered = 0;

  private server?: SMTPServer;
  private port = 0;
  private readonly attempts = new Map<string, number>();
  private readonly faults = new Map<string, Misbehaviour | undefined>();

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Listens, on the same port again after `stop`. */
  async start(): Promise<this> {
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      onConnect: (_session, done) => done(asError(this.onConnection())),
      onRcptTo: ({ address }, session, done) => void this.meet(address, session).then((no) => done(asError(no)), done),
      onData: (stream, session, done) => void this.answer(stream, session, done),
    });
    // A client that was killed resets its connection; that is the point of the test.
    this.server.on('error', () => undefined);
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server.server, 'listening');
    this.port = (this.server.server.address() as AddressInfo).port;
    return this;
  }

  /** Breaks open connections and refuses new ones from now on. */
  async stop(): Promise<void> {
    const server = this.server;
    if (!server) return;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    this.dropConnections(server);
    await closed;
  }

  /** Breaks every open connection. */
  dropConnections(server = this.server): void {
    for (const connection of connectionsOf(server)) connection._socket.destroy();
  }

  /** Message-IDs that were accepted more than once. */
  get repeated(): string[] {
    const ids = this.mails.map((mail) => mail.messageId);
    return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  }

  private async meet(address: string, session: SMTPServerSession): Promise<Refusal | undefined> {
    const attempt = (this.attempts.get(address) ?? 0) + 1;
    this.attempts.set(address, attempt);
    const fault = this.misbehave(address, attempt);
    this.faults.set(session.id, fault);
    if (fault?.slow) await pause(fault.slow);
    if (fault?.drop === 'at the recipient') this.hangUp(session, fault.reset);
    const refusal = this.onRecipient(address) ?? (fault?.refusal?.at === 'recipient' ? fault.refusal : undefined);
    if (refusal?.code === 421) this.hangUpAfterwards(session);
    return refusal;
  }

  private async answer(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const fault = this.faults.get(session.id);
    try {
      const { mail, refusal } = await this.take(stream, session, fault);
      done(asError(refusal));
      if (refusal?.code === 421 || fault?.drop === 'after 250') this.hangUpAfterwards(session);
      this.onAnswered(mail);
    } catch (error) {
      // The connection is gone, on purpose or because its other end died: there is nobody to answer.
      done(error as Error);
    }
  }

  private async take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    fault: Misbehaviour | undefined,
  ): Promise<{ mail: ArrivedMail; refusal?: Refusal }> {
    const to = session.envelope.rcptTo.map(({ address }) => address).join();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) {
      if (fault?.drop === 'before the final dot') this.hangUp(session, fault.reset);
      chunks.push(chunk as Buffer);
    }
    const at = new Date();
    if (fault?.drop === 'before the final dot') throw new Error('hung up in the middle');
    this.handedOver++;
    const mail = await parse(Buffer.concat(chunks), to, at);
    if (fault?.slow) await pause(fault.slow);
    if (fault?.drop?.startsWith('after the final dot')) {
      if (fault.drop.endsWith('taken')) this.mails.push(mail);
      this.unanswered++;
      this.hangUp(session, fault.reset);
      throw new Error('hung up without an answer');
    }
    const refusal = fault?.refusal?.at === 'final dot' ? fault.refusal : await this.onMessage(mail, session);
    if (!refusal) this.mails.push(mail);
    return { mail, refusal };
  }

  private hangUp(session: SMTPServerSession, reset = false): void {
    const socket = this.socketOf(session);
    if (reset) socket?.resetAndDestroy();
    else socket?.destroy();
  }

  /** What was written before still arrives. */
  private hangUpAfterwards(session: SMTPServerSession): void {
    setImmediate(() => this.socketOf(session)?.end());
  }

  private socketOf({ id }: SMTPServerSession): Socket | undefined {
    return [...connectionsOf(this.server)].find(({ session }) => session.id === id)?._socket;
  }
}

async function parse(raw: Buffer, to: string, at: Date): Promise<ArrivedMail> {
  const parsed = await simpleParser(raw);
  return {
    messageId: parsed.messageId ?? '',
    to,
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    headers: parsed.headers,
    raw: raw.toString('utf8'),
    at,
  };
}

interface Connection {
  session: SMTPServerSession;
  _socket: Socket;
}

const connectionsOf = (server: SMTPServer | undefined): Set<Connection> =>
  (server as unknown as { connections: Set<Connection> } | undefined)?.connections ?? new Set();

function asError(refusal: Refusal | undefined): Error | null {
  return refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null;
}
