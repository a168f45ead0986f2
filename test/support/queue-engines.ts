import { FULL } from './fault-mode.js';
import { redisInstalled, startRedis, type TestRedis } from './redis-server.js';

export interface QueueEngineUnderTest {
  name: 'PostgreSQL' | 'Redis';
  start(): Promise<{ redisUrl?: string; stop(): Promise<void> }>;
}

const POSTGRES: QueueEngineUnderTest = { name: 'PostgreSQL', start: async () => ({ stop: async () => undefined }) };
const REDIS: QueueEngineUnderTest = {
  name: 'Redis',
  start: async () => {
    const { url, stop }: TestRedis = await startRedis();
    return { redisUrl: url, stop };
  },
};

if (!redisInstalled)
  console.warn('redis-server is not installed, so the tests on Redis are left out: apt-get install redis-server');

/** What every test of the queue runs on; Redis only where it is installed. */
export const QUEUE_ENGINES: QueueEngineUnderTest[] = redisInstalled ? [POSTGRES, REDIS] : [POSTGRES];

/** What a kind of fault is tried on: every engine in full mode, else the first; the reduced soak has all kinds on the other. */
export const FAULT_ENGINES: QueueEngineUnderTest[] = FULL ? QUEUE_ENGINES : QUEUE_ENGINES.slice(0, 1);
