import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Readable } from 'node:stream';
import { type Config, CONFIG } from '#config';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { type SmtpError, type SmtpOutcome, smtpOutcome, type SmtpStage } from './smtp-outcome.js';

/** Watches the bytes of one message on their way out. */
interface Handover {
  stream?: Readable;
}

/** What nodemailer's stream step is given, as far as it is used here. */
interface PassingMail {
  data: { handover: Handover };
  message: { createReadStream(options?: object): Readable };
}

/** Share of a lease after which an answer is waited for no longer; the rest is for writing down what happened. */
const PATIENCE = 0.75;

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

  /**
   * Hands one message over and says what became of it; answers well before the lease ends that was taken at `since`, by
   * `performance.now()`. A process that was stopped meanwhile sends nothing: the message may be another's by now.
   */
  async send(mail: SendMailOptions, since: number): Promise<SmtpOutcome> {
    const left = since + this.options.sendingLease * PATIENCE - performance.now();
    if (left <= 0) return { kind: 'retry', error: 'The worker was held up.', rests: 'nobody', setup: false };
    const handover: Handover = {};
    const signal = AbortSignal.timeout(Math.ceil(left));
    try {
      await this.transport.sendMail({ ...mail, handover, signal } as SendMailOptions);
      return { kind: 'sent' };
    } catch (error) {
      return smtpOutcome(error as SmtpError, stageOf(handover));
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

/** The stream is made when a connection is ready; the final dot is written when it has ended, and not before. */
function stageOf({ stream }: Handover): SmtpStage {
  if (!stream) return 'connecting';
  return stream.readableEnded ? 'handed over' : 'talking';
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
