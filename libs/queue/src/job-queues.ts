import { getQueueToken } from '@nestjs/bullmq';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { type JobName, QUEUE_NAMES, type QueueName } from './jobs.js';

/** A finished or failed job leaves nothing behind, so that its id may come again. */
const FORGET = { removeOnComplete: true, removeOnFail: true } as const;

/** Longest wait for an engine that does not answer, in milliseconds. */
const POKE_TIMEOUT = 2_000;
const ADD_TIMEOUT = 5_000;

/** The door through which everybody but the worker meets the queue. The truth stays in PostgreSQL: a job lost is found again by the sweep. */
@Injectable()
export class JobQueues implements OnModuleInit {
  private readonly logger = new Logger(JobQueues.name);
  private readonly complained = new Set<QueueName>();

  constructor(private readonly modules: ModuleRef) {}

  onModuleInit(): void {
    for (const queue of this.all()) {
      // Without a listener Node would end the process; one line per outage is enough.
      queue.on('error', (error) => this.complain(queue.name as QueueName, error));
    }
  }

  /** Asks a worker to look for work now rather than at its next tick. Best effort: never throws, never waits for more than 2 s. */
  async poke(queue: QueueName): Promise<void> {
    try {
      await within(POKE_TIMEOUT, this.queue(queue).add('poke', {}, { jobId: 'poke', ...FORGET }));
    } catch (error) {
      this.complain(queue, error);
    }
  }

  /** Adds jobs under ids of the caller's making; a job whose id still waits or runs is not added again. Throws when the engine is down. */
  async add<Q extends QueueName>(queue: Q, name: JobName<Q>, jobs: { id: string; data: object }[]): Promise<void> {
    if (jobs.length === 0) return;
    const bulk = jobs.map(({ id, data }) => ({ name, data, opts: { jobId: id, ...FORGET } }));
    await within(ADD_TIMEOUT, this.queue(queue).addBulk(bulk));
    this.complained.delete(queue);
  }

  /** Jobs that wait or run, for metrics. Throws when the engine is down. */
  async depth(queue: QueueName): Promise<number> {
    const counts = await within(
      POKE_TIMEOUT,
      this.queue(queue).getJobCounts('waiting', 'active', 'delayed', 'prioritized'),
    );
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  /** BullMQ's own objects, for the queue board. */
  all(): Queue[] {
    return QUEUE_NAMES.map((name) => this.queue(name));
  }

  private queue(name: QueueName): Queue {
    return this.modules.get<Queue>(getQueueToken(name), { strict: false });
  }

  private complain(queue: QueueName, error: unknown): void {
    if (this.complained.has(queue)) return;
    this.complained.add(queue);
    this.logger.warn(`The queue ${queue} does not answer, work waits in the database meanwhile: ${String(error)}`);
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  // The loser of the race may still fail later; nobody listens to it then.
  work.catch(() => undefined);
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}
