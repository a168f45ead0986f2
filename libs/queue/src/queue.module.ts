import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { QUEUE_ENGINE, queueEngine, type QueueEngineOptions } from './engine.js';
import { JobQueues } from './job-queues.js';
import { QUEUE_NAMES } from './jobs.js';
import { QueueWorkers } from './queue-workers.js';

export interface QueueWorkersOptions {
  /** Jobs of one queue run at once by this process. */
  concurrency: number;
}

/** Connects a process to the queue: `forRoot` for everybody, `workers` besides for the process that runs the jobs. */
@Module({})
export class QueueModule {
  static forRoot(options: QueueEngineOptions): DynamicModule {
    const engine = queueEngine(options);
    // Read by registerQueue in the next line and by nobody later, so two engines in one process do not meet.
    BullModule.queueClass = engine.queueClass;
    const queues = BullModule.registerQueue(...QUEUE_NAMES.map((name) => ({ name, connection: engine.producer })));
    return {
      module: QueueModule,
      global: true,
      imports: [queues],
      providers: [JobQueues, { provide: QUEUE_ENGINE, useValue: engine }],
      exports: [JobQueues, QUEUE_ENGINE],
    };
  }

  /** Runs the jobs of every `@HandlesJob` method; a job with no handler, or two, stops the boot. */
  static workers({ concurrency }: QueueWorkersOptions): DynamicModule {
    return {
      module: QueueRunnersModule,
      imports: [DiscoveryModule],
      providers: [QueueWorkers, { provide: 'QUEUE_CONCURRENCY', useValue: concurrency }],
      exports: [QueueWorkers],
    };
  }
}

/** The half of the queue that runs jobs. */
@Module({})
class QueueRunnersModule {}
