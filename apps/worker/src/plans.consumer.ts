import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { MeetingPlansRunner } from '#meeting-plans';
import { HandlesJob, JobQueues, type JobRun } from '#queue';

/** Milliseconds between two looks for plans that wait, such as those of a worker that died. */
const SWEEP = 3_000;

/** Makes a job of each meeting plan that waits, and runs it. A job may come twice: the lease makes the second do nothing. */
@Injectable()
export class PlansConsumer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(PlansConsumer.name);
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly runner: MeetingPlansRunner,
    private readonly queues: JobQueues,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP);
    void this.sweep();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  @HandlesJob('plans', 'poke')
  poke(): Promise<void> {
    return this.sweep();
  }

  @HandlesJob('plans', 'work')
  async work({ data }: JobRun<{ planId: string }>): Promise<void> {
    await this.runner.work(data.planId);
  }

  private async sweep(): Promise<void> {
    try {
      const waiting = await this.runner.sweep();
      await this.queues.add(
        'plans',
        'work',
        waiting.map(({ planId, turn }) => ({ id: turn, data: { planId } })),
      );
    } catch (error) {
      // The next look tries again; the plans wait in the database meanwhile.
      this.logger.error(`The sweep failed: ${String(error)}`);
    }
  }
}
