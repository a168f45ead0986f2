import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { appLogger } from '#config';
import type { DeliveryOptions } from '#delivery';
import { MailSchedule } from './mail.schedule.js';
import { type WorkerConfig, WorkerModule } from './worker.module.js';

export type { WorkerConfig } from './worker.module.js';

/** A worker at work. */
export interface RunningWorker {
  /** When it last looked for due messages; undefined before the first time. */
  lastTickAt(): Date | undefined;
  /** Finishes the jobs at hand, takes no new ones, and lets go of everything. */
  close(): Promise<void>;
}

/** Starts a worker in this process. Throws when it cannot reach the database, or when a job has no handler. */
export async function startWorker(config: WorkerConfig, delivery?: Partial<DeliveryOptions>): Promise<RunningWorker> {
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config, delivery), {
    logger: appLogger(config),
    abortOnError: false,
  });
  const schedule = app.get(MailSchedule);
  new Logger('Worker').log(
    `At work: ${config.workerConcurrency} jobs at once, queue on ${config.redisUrl ? 'Redis' : 'PostgreSQL'}.`,
  );
  return { lastTickAt: () => schedule.lastTickAt, close: () => app.close() };
}
