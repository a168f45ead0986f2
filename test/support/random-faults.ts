import Redis from 'ioredis';
import { JobQueues } from '#queue';
import { CONCURRENCY, type DeliveryGround } from './delivery-ground.js';
import type { OwnPostgres } from './own-postgres.js';
import { startRedis, type TestRedis } from './redis-server.js';
import type { Misbehaviour } from './smtp-sink.js';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const CUT_ALL = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;

/** What the mail server does to a mail now and then; the last two leave nobody knowing. */
const MISBEHAVIOUR: Misbehaviour[] = [
  { refusal: { at: 'recipient', code: 451, text: '4.7.1 Try again' } },
  { refusal: { at: 'final dot', code: 450, text: '4.7.0 Not now' } },
  { refusal: { at: 'recipient', code: 421, text: '4.3.2 Going down' } },
  { refusal: { at: 'recipient', code: 550, text: '5.1.1 No such user' } },
  { slow: 150 },
  { drop: 'at the recipient', reset: true },
  { drop: 'after 250' },
  { drop: 'after the final dot' },
  { drop: 'after the final dot, taken', reset: true },
];

interface Soak {
  ground: DeliveryGround;
  postgres: OwnPostgres;
  redis?: TestRedis;
  random: () => number;
}

/** Breaks one thing after another, by chance, and mends it again. */
export class RandomFaults {
  /** What was done, in order, to be read when a run fails. */
  readonly log: string[] = [];
  private batch = 0;

  constructor(private readonly soak: Soak) {}

  /** From now on the mail server misbehaves now and then. */
  begin(): void {
    const { ground, random } = this.soak;
    ground.sink.misbehave = (_address, attempt) =>
      attempt <= 2 && random() < 0.08 ? MISBEHAVIOUR[Math.floor(random() * MISBEHAVIOUR.length)] : undefined;
  }

  /** Plans so many messages; while the database is away the plan may be lost, and nobody can say. */
  async plan(count: number): Promise<void> {
    const batch = this.batch++;
    const emails = Array.from({ length: count }, (_, i) => `guest${batch}-${i}@domain${i % 7}.example`);
    await this.soak.ground.plan(emails).catch((error: unknown) => this.log.push(`not planned: ${String(error)}`));
  }

  /** All there is to break here. */
  get names(): string[] {
    return Object.keys(this.faults());
  }

  /** One fault by name, or by chance. */
  async strike(name?: string): Promise<void> {
    const { names } = this;
    const chosen = name ?? names[Math.floor(this.soak.random() * names.length)] ?? '';
    this.log.push(chosen);
    await this.faults()[chosen]?.();
  }

  private faults(): Record<string, () => Promise<void>> {
    const { redis } = this.soak;
    return {
      'worker killed': () => this.killWorker(),
      'connections cut': () => this.cutConnections(),
      'database killed': () => this.killDatabase(),
      'mail server away': () => this.mailServerAway(),
      'SMTP connections dropped': async () => this.dropConnections(),
      'jobs repeated': () => this.repeatJobs(),
      ...(redis && { 'Redis forgets': () => this.flushRedis(redis.url), 'Redis killed': () => this.killRedis() }),
    };
  }

  private async killWorker(): Promise<void> {
    const { workers } = this.soak.ground;
    const alive = workers.filter(({ runs }) => runs);
    await alive[Math.floor(this.soak.random() * alive.length)]?.kill();
    await this.soak.ground.worker();
  }

  /** Whoever had its answer cut off is as good as killed: nobody knows what it has done. Two workers. */
  private async cutConnections(): Promise<void> {
    this.soak.ground.otherKills += 2;
    await this.soak.ground.sql(CUT_ALL);
  }

  private async killDatabase(): Promise<void> {
    this.soak.ground.otherKills += 2;
    const lost = this.plan(200);
    await this.soak.postgres.kill();
    await lost;
    await this.soak.postgres.restart();
  }

  private async mailServerAway(): Promise<void> {
    const { sink } = this.soak.ground;
    this.dropConnections();
    await sink.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await sink.start();
  }

  /** A mail that was here when its connection broke may have been taken without a word. */
  private dropConnections(): void {
    const { sink } = this.soak.ground;
    sink.unanswered += 2 * CONCURRENCY;
    sink.dropConnections();
  }

  private async repeatJobs(): Promise<void> {
    const open = await this.soak.ground.sql(
      `SELECT id, claim FROM messages WHERE status IN ('queued', 'sending', 'sent') ORDER BY updated_at DESC LIMIT 50`,
    );
    const copies = open.flatMap((data) =>
      Array.from({ length: 5 }, (_, i) => ({ id: `${String(data.id)}-again${this.log.length}-${i}`, data })),
    );
    const queues = this.soak.ground.hub.app.get(JobQueues);
    await queues
      .add('mail', 'deliver', copies)
      .catch((error: unknown) => this.log.push(`not repeated: ${String(error)}`));
  }

  private async flushRedis(url: string): Promise<void> {
    const client = new Redis(url);
    await client.flushall();
    client.disconnect();
  }

  private async killRedis(): Promise<void> {
    const { redis } = this.soak;
    if (!redis) return;
    await redis.kill();
    this.soak.redis = await startRedis(Number(new URL(redis.url).port));
  }

  /** Ends what was started in the place of what was killed. */
  async stop(): Promise<void> {
    await this.soak.redis?.stop();
  }
}
