import { Injectable } from '@nestjs/common';
import { MeetingPlansRunner } from '#meeting-plans';
import { HandlesJob, JobQueues, type JobRun } from '#queue';
import { SweepingConsumer, type WaitingJob } from './sweeping-consumer.js';

/** Solves the meeting plans that wait for a worker. */
@Injectable()
export class PlansConsumer extends SweepingConsumer {
  constructor(
    private readonly runner: MeetingPlansRunner,
    queues: JobQueues,
  ) {
    super('plans', queues);
  }

  @HandlesJob('plans', 'poke')
  poke(): Promise<void> {
    return this.sweep();
  }

  @HandlesJob('plans', 'work')
  async work({ data }: JobRun<{ planId: string }>): Promise<void> {
    await this.runner.work(data.planId);
  }

  protected async waiting(): Promise<WaitingJob[]> {
    const waiting = await this.runner.sweep();
    return waiting.map(({ planId, turn }) => ({ id: turn, data: { planId } }));
  }
}
