import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type ClaimedMessage, DELIVERY_OPTIONS, type DeliveryOptions, MessageSweep } from '#messaging';
import { JobQueues } from '#queue';

/** Looks into the ledger every second, in every worker, and makes a job of each message that is due. */
@Injectable()
export class MailSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(MailSchedule.name);
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  private ended = false;

  /** When the last sweep ended well; health reports it, so that a worker which has stopped sweeping is seen. */
  lastTickAt?: Date;

  constructor(
    private readonly sweep: MessageSweep,
    private readonly queues: JobQueues,
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tick(), this.options.sweepInterval);
  }

  async onModuleDestroy(): Promise<void> {
    this.ended = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** One sweep; a tick that falls into a running one waits for it instead of starting another. */
  tick(): Promise<void> {
    if (this.ended) return Promise.resolve();
    this.running ??= this.sweepOnce().finally(() => (this.running = undefined));
    return this.running;
  }

  private async sweepOnce(): Promise<void> {
    try {
      const claims = await this.sweep.run();
      await this.enqueue(claims);
      this.lastTickAt = new Date();
    } catch (error) {
      // The next tick tries again; meanwhile health tells how long ago the last one was.
      this.logger.error(`The sweep failed: ${String(error)}`);
    }
  }

  /** The job id is made of message and claim, so that a claim is enqueued once however often it is tried. */
  private async enqueue(claims: ClaimedMessage[]): Promise<void> {
    try {
      await this.queues.add(
        'mail',
        'deliver',
        claims.map((data) => ({ id: `${data.id}-${data.claim}`, data })),
      );
    } catch (error) {
      await this.sweep.release(claims);
      throw error;
    }
  }
}
