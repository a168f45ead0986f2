import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { JobQueues } from '#queue';

/** Milliseconds between two looks for what waits, such as what a worker left that died. */
const SWEEP = 3_000;

/** A job to be: its id, so that it is not there twice, and what it works on. */
export interface WaitingJob {
  id: string;
  data: object;
}

/**
 * Makes a job `work` of each thing that waits in the database, at every tick and when poked. A job may come twice: the
 * lease of what it works on makes the second do nothing.
 */
export abstract class SweepingConsumer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(this.constructor.name);
  private timer?: NodeJS.Timeout;

  protected constructor(
    private readonly queue: 'imports' | 'plans',
    private readonly queues: JobQueues,
  ) {}

  /** What waits for a worker now. */
  protected abstract waiting(): Promise<WaitingJob[]>;

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP);
    void this.sweep();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  protected async sweep(): Promise<void> {
    try {
      await this.queues.add(this.queue, 'work', await this.waiting());
    } catch (error) {
      // The next look tries again; the work waits in the database meanwhile.
      this.logger.error(`The sweep failed: ${String(error)}`);
    }
  }
}
