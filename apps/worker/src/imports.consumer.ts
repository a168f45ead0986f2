import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ImportsRunner } from '#imports';
import { HandlesJob, JobQueues, type JobRun } from '#queue';

/** Milliseconds between two looks for imports that wait, such as those of a worker that died. */
const SWEEP = 3_000;

/** Makes a job of each import that waits, and runs it. A job may come twice: the lease makes the second do nothing. */
@Injectable()
export class ImportsConsumer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ImportsConsumer.name);
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly runner: ImportsRunner,
    private readonly queues: JobQueues,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP);
    void this.sweep();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  @HandlesJob('imports', 'poke')
  poke(): Promise<void> {
    return this.sweep();
  }

  @HandlesJob('imports', 'work')
  async work({ data }: JobRun<{ importId: string }>): Promise<void> {
    await this.runner.work(data.importId);
  }

  private async sweep(): Promise<void> {
    try {
      const waiting = await this.runner.sweep();
      await this.queues.add(
        'imports',
        'work',
        waiting.map(({ importId, turn }) => ({ id: turn, data: { importId } })),
      );
    } catch (error) {
      // The next look tries again; the imports wait in the database meanwhile.
      this.logger.error(`The sweep failed: ${String(error)}`);
    }
  }
}
