import { Injectable } from '@nestjs/common';
import { ImportsRunner } from '#imports';
import { HandlesJob, JobQueues, type JobRun } from '#queue';
import { SweepingConsumer, type WaitingJob } from './sweeping-consumer.js';

/** Runs the imports that wait for a worker. */
@Injectable()
export class ImportsConsumer extends SweepingConsumer {
  constructor(
    private readonly runner: ImportsRunner,
    queues: JobQueues,
  ) {
    super('imports', queues);
  }

  @HandlesJob('imports', 'poke')
  poke(): Promise<void> {
    return this.sweep();
  }

  @HandlesJob('imports', 'work')
  async work({ data }: JobRun<{ importId: string }>): Promise<void> {
    await this.runner.work(data.importId);
  }

  protected async waiting(): Promise<WaitingJob[]> {
    const waiting = await this.runner.sweep();
    return waiting.map(({ importId, turn }) => ({ id: turn, data: { importId } }));
  }
}
