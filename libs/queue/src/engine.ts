import { createPostgresBackend, Queue, type QueueOptions, withBackend, Worker } from 'bullmq';

/** Where the queue lives. */
export interface QueueEngineOptions {
  /** PostgreSQL that runs the queue when there is no Redis. */
  databaseUrl: string;
  /** Redis or Valkey; when given, the queue lives there. */
  redisUrl?: string;
}

type Connection = Record<string, unknown>;

/** BullMQ's classes bound to one engine, and how each side connects to it. */
export interface QueueEngine {
  kind: 'postgres' | 'redis';
  queueClass: typeof Queue;
  workerClass: typeof Worker;
  /** For those who add jobs: fails at once when the engine is down. */
  producer: Connection;
  /** For those who run jobs: waits for the engine to come back. */
  consumer: Connection;
}

export const QUEUE_ENGINE = Symbol('QueueEngine');

export function queueEngine({ databaseUrl, redisUrl }: QueueEngineOptions): QueueEngine {
  return redisUrl ? onRedis(redisUrl) : onPostgres(databaseUrl);
}

/** Deaf to the errors of a connection until JobQueues listens: BullMQ would print them, with their stacks. */
class RedisQueue extends Queue {
  constructor(name: string, options: QueueOptions) {
    super(name, options);
    this.on('error', () => undefined);
  }
}

function onRedis(url: string): QueueEngine {
  const shared = { url, connectTimeout: 5_000, retryStrategy: (attempt: number) => Math.min(attempt * 200, 2_000) };
  return {
    kind: 'redis',
    queueClass: RedisQueue,
    workerClass: Worker,
    producer: { ...shared, enableOfflineQueue: false, maxRetriesPerRequest: 1 },
    consumer: { ...shared, maxRetriesPerRequest: null },
  };
}

/** Each queue and each worker keeps a pool of its own, so the pools are small. */
function onPostgres(connectionString: string): QueueEngine {
  const bound = withBackend(createPostgresBackend);
  const shared = { connectionString, schema: 'bullmq', migrate: true, connectionTimeoutMillis: 5_000 };
  return {
    kind: 'postgres',
    queueClass: bound.Queue as unknown as typeof Queue,
    workerClass: bound.Worker as unknown as typeof Worker,
    producer: { ...shared, max: 2, application_name: 'chamberlain-queue' },
    consumer: { ...shared, max: 4 },
  };
}
