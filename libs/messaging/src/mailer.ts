import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Readable } from 'node:stream';
import { type Config, CONFIG } from '#config';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { type SmtpError, type SmtpOutcome, smtpOutcome } from './smtp-outcome.js';

/** Watches the bytes of one message on their way out. */
interface Handover {
  stream?: Readable;
}

/** What nodemailer's stream step is given, as far as it is used here. */
interface PassingMail {
  data: { handover: Handover };
  message: { createReadStream(options?: object): Readable };
}

/** The pool of SMTP connections of one worker. A message handed to it is tried once: who tries again is the ledger's affair. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
  ) {
    this.transport = createTransport(poolOptions(config));
    this.transport.use('stream', (mail, done) => {
      watch(mail as unknown as PassingMail);
      done();
    });
  }

  /** Hands one message over and says what became of it; answers well before the message's lease ends. */
  async send(mail: SendMailOptions): Promise<SmtpOutcome> {
    const handover: Handover = {};
    const signal = AbortSignal.timeout(this.options.sendingLease * 0.75);
    try {
      await this.transport.sendMail({ ...mail, handover, signal } as SendMailOptions);
      return { kind: 'sent' };
    } catch (error) {
      // The final dot is written when the stream has ended, and not before.
      return smtpOutcome(error as SmtpError, handover.stream?.readableEnded ?? false);
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

/** `maxRequeues: 0`: nodemailer would otherwise hand a message to a second connection when the first one closes. */
function poolOptions(config: Config) {
  return {
    url: config.smtpUrl,
    pool: true as const,
    maxConnections: config.workerConcurrency,
    maxMessages: 1_000,
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function watch({ data, message }: PassingMail): void {
  const create = message.createReadStream.bind(message);
  message.createReadStream = (options) => (data.handover.stream = create(options));
}
