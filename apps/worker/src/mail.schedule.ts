import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type ClaimedMessage, DELIVERY_OPTIONS, type DeliveryOptions, MessageSweep } from '#delivery';
import { JobQueues } from '#queue';

/** The queue is filled up again when this share of what waited in it may have gone. */
const REFILL = 0.25;

/** Looks into the ledger every second, when something falls due, and when the queue runs dry; makes a job of each message. */
@Injectable()
export class MailSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(MailSchedule.name);
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  private again = false;
  private ended = false;
  /** Jobs of this worker that have ended since the last sweep. */
  private done = 0;

  /** When the last sweep ended well; health reports it, so that a worker which has stopped sweeping is seen. */
  lastTickAt?: Date;

  constructor(
    private readonly sweep: MessageSweep,
    private readonly queues: JobQueues,
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
  ) {}

  onApplicationBootstrap(): void {
    void this.tick();
  }

  async onModuleDestroy(): Promise<void> {
    this.ended = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** A sweep that begins after this call, or now: one that runs already may have missed what the caller knows of. */
  tick(): Promise<void> {
    if (this.ended) return Promise.resolve();
    if (this.running) this.again = true;
    this.running ??= this.sweepAll().finally(() => (this.running = undefined));
    return this.running;
  }

  /** A job has ended: there may be room for others. */
  jobEnded(): void {
    this.done++;
    if (this.sweep.waiting > 0 && this.done >= this.sweep.waiting * REFILL && !this.running) void this.tick();
  }

  private async sweepAll(): Promise<void> {
    do {
      this.again = false;
      clearTimeout(this.timer);
      this.done = 0;
      await this.sweepOnce();
      const wait = await this.untilNext();
      if (!this.ended) this.timer = setTimeout(() => void this.tick(), wait);
    } while (this.again && !this.ended);
  }

  /** Milliseconds: sooner than usual when something falls due before. */
  private async untilNext(): Promise<number> {
    const { sweepInterval } = this.options;
    return (await this.sweep.nextDue(sweepInterval).catch(() => undefined)) ?? sweepInterval;
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
