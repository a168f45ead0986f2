import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
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
}

/** A refusal the sink is to speak: `451 4.3.0 later`. */
interface Refusal {
  code: number;
  text: string;
}

/** A real SMTP server that keeps what it is given, and misbehaves when told to. */
export class SmtpSink {
  readonly mails: ArrivedMail[] = [];
  /** Called with each recipient; a refusal turns it away. */
  onRecipient: (address: string) => Refusal | undefined = () => undefined;
  /** Called when the whole message, its final dot included, is here; the mail counts as accepted when it resolves. */
  onMessage: (mail: ArrivedMail, session: SMTPServerSession) => Promise<Refusal | undefined> = async () => undefined;
  /** Messages whose final dot has arrived, accepted or not. */
  handedOver = 0;

  private server?: SMTPServer;
  private port = 0;

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Listens, on the same port again after `stop`. */
  async start(): Promise<this> {
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      onRcptTo: ({ address }, _session, done) => done(asError(this.onRecipient(address))),
      onData: (stream, session, done) =>
        void this.take(stream, session).then((refusal) => done(asError(refusal)), done),
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
    const connections = (server as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections;
    for (const connection of connections) connection._socket.destroy();
  }

  /** Message-IDs that were accepted more than once. */
  get repeated(): string[] {
    const ids = this.mails.map((mail) => mail.messageId);
    return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Refusal | undefined> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    this.handedOver++;
    const parsed = await simpleParser(raw);
    const mail: ArrivedMail = {
      messageId: parsed.messageId ?? '',
      to: session.envelope.rcptTo.map(({ address }) => address).join(),
      subject: parsed.subject ?? '',
      text: parsed.text ?? '',
      html: parsed.html || '',
      headers: parsed.headers,
      raw: raw.toString('utf8'),
    };
    const refusal = await this.onMessage(mail, session);
    if (!refusal) this.mails.push(mail);
    return refusal;
  }
}

function asError(refusal: Refusal | undefined): Error | null {
  return refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null;
}
