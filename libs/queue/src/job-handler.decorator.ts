import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import type { JobName, QueueName } from './jobs.js';

export const HANDLED_JOB = Symbol('HandledJob');

export interface HandledJob {
  queue: QueueName;
  name: string;
}

/** The method runs jobs of this name: `@HandlesJob('mail', 'deliver') deliver(job: JobRun<DeliverJob>)`. */
export const HandlesJob = <Q extends QueueName>(queue: Q, name: JobName<Q>): CustomDecorator<symbol> =>
  SetMetadata<symbol, HandledJob>(HANDLED_JOB, { queue, name });
