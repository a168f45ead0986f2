import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { Job, Worker } from 'bullmq';
import { QUEUE_ENGINE, type QueueEngine } from './engine.js';
import { HANDLED_JOB, type HandledJob } from './job-handler.decorator.js';
import { JOBS, type JobRunner, QUEUE_NAMES, type QueueName } from './jobs.js';

/** Longest wait at shutdown for an engine that does not answer, in milliseconds. */
const CLOSE_TIMEOUT = 25_000;

/** Runs the jobs of every queue, each by its one handler, until the process ends. */
@Injectable()
export class QueueWorkers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(QueueWorkers.name);
  private workers: Worker[] = [];

  constructor(
    @Inject(QUEUE_ENGINE) private readonly engine: QueueEngine,
    @Inject('QUEUE_CONCURRENCY') private readonly concurrency: number,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const runners = this.runners();
    demandOneHandlerEach(runners);
    this.workers = QUEUE_NAMES.map((queue) => this.start(queue, runners));
  }

  /** Lets running jobs finish; no new ones are taken. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.workers.map((worker) => closed(worker)));
  }

  private start(queue: QueueName, runners: FoundRunner[]): Worker {
    const run = async ({ id = '', name, data }: Job<object>): Promise<void> => {
      const found = runners.find((runner) => runner.queue === queue && runner.name === name);
      if (!found) throw new Error(`${queue}: no handler for the job ${name}`);
      await found.run({ id, data });
    };
    const worker = new this.engine.workerClass(queue, run, {
      connection: this.engine.consumer,
      concurrency: this.concurrency,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    worker.on('failed', (job, error) =>
      this.logger.error(`${queue} ${job?.name ?? ''} ${job?.id ?? ''}: ${error.stack ?? error.message}`),
    );
    worker.on('error', (error) => this.logger.warn(`${queue}: ${error.message}`));
    return worker;
  }

  private runners(): FoundRunner[] {
    return this.discovery.getProviders().flatMap(({ instance }: { instance?: Record<string, JobRunner> }) => {
      if (!instance || typeof instance !== 'object') return [];
      return this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((method) => {
        const handled = this.reflector.get<HandledJob | undefined>(HANDLED_JOB, instance[method] as JobRunner);
        return handled
          ? [
              {
                ...handled,
                where: `${instance.constructor.name}.${method}`,
                run: (instance[method] as JobRunner).bind(instance),
              },
            ]
          : [];
      });
    });
  }
}

interface FoundRunner extends HandledJob {
  /** Class and method, for messages. */
  where: string;
  run: JobRunner;
}

/** Throws an error that names every job with no handler, or two. */
export function demandOneHandlerEach(runners: Pick<FoundRunner, 'queue' | 'name' | 'where'>[]): void {
  const faults = QUEUE_NAMES.flatMap((queue) =>
    JOBS[queue].flatMap((name) => {
      const found = runners.filter((runner) => runner.queue === queue && runner.name === name);
      if (found.length === 1) return [];
      return [
        found.length === 0
          ? `${queue}/${name} has no handler`
          : `${queue}/${name} has several: ${found.map((f) => f.where).join(', ')}`,
      ];
    }),
  );
  if (faults.length > 0) throw new Error(`Every job needs exactly one handler: ${faults.join('; ')}.`);
}

/** An engine that is down cannot say goodbye; its jobs are taken over when their locks run out. */
async function closed(worker: Worker): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_TIMEOUT)));
  await Promise.race([worker.close(), timeout]);
  clearTimeout(timer);
}
