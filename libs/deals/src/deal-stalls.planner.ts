import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database, Transactional } from '#database';
import { DealStallTasks } from './deal-stall-tasks.js';
import { DealStallsReader } from './deal-stalls.reader.js';

/** Deals looked at in one transaction, and in one look of one worker: what is left waits for the next. */
const BATCH = 100;
const MOST = 1_000;

/**
 * Makes a task of every stall, for the owner of the deal, and takes it back when the stall ends. Any number of workers may.
 * A deal is looked at when its time without a touch has run out, and at least once a day; one that has stalled with every look.
 */
@Injectable()
export class DealStallsPlanner {
  /** Where the last look at the current stalls ended; null: at the end of them. */
  private after: string | null = null;

  constructor(
    readonly database: Database,
    private readonly reader: DealStallsReader,
    private readonly tasks: DealStallTasks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Answers how many stalls began. `at` stands in for the database's clock. */
  async run(stopped: () => boolean = () => false, at?: Date): Promise<number> {
    await this.database.query(MEND, [at ?? null]);
    const { ids, last } = await this.reader.changed(this.after, at);
    this.after = last;
    let begun = 0;
    for (let from = 0; from < ids.length && !stopped(); from += BATCH)
      begun += await this.followChanged(ids.slice(from, from + BATCH), at);
    return begun + (this.config.dealStalledAfter === null ? 0 : await this.followAllDue(stopped, at));
  }

  /** Those which no other worker has in hand. Answers how many stalls began. */
  @Transactional()
  async followChanged(ids: string[], at?: Date): Promise<number> {
    const held = await this.database.query<{ id: string }>(HOLD, [ids]);
    return this.follow(held, at);
  }

  /** Answers how many deals it looked at, and how many stalls began. */
  @Transactional()
  async followDue(at?: Date): Promise<{ looked: number; begun: number }> {
    const due = await this.database.query<{ id: string }>(DUE, [at ?? null, BATCH]);
    return { looked: due.length, begun: await this.follow(due, at) };
  }

  private async followAllDue(stopped: () => boolean, at?: Date): Promise<number> {
    let begun = 0;
    for (let looked = 0, last = BATCH; last === BATCH && looked < MOST && !stopped(); looked += last) {
      const found = await this.followDue(at);
      last = found.looked;
      begun += found.begun;
    }
    return begun;
  }

  private async follow(held: { id: string }[], at?: Date): Promise<number> {
    if (held.length === 0) return 0;
    const deals = await this.reader.states(
      held.map(({ id }) => id),
      at,
    );
    const begun = await this.tasks.follow(deals);
    await this.database.query(LOOKED, [deals.map(({ id }) => id), deals.map(({ lookAt }) => lookAt)]);
    return begun;
  }
}

const DUE = `
  SELECT id FROM deals WHERE stall_look_at <= coalesce($1::timestamptz, now())
  ORDER BY stall_look_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`;

/** A clock that was wrong once puts nothing off: nothing waits for longer than a day. */
const MEND = `
  UPDATE deals SET stall_look_at = c.now FROM (SELECT coalesce($1::timestamptz, now()) AS now) c
  WHERE stall_look_at > c.now + interval '2 days'`;

const HOLD = 'SELECT id FROM deals WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED';

const LOOKED = `
  UPDATE deals SET stall_look_at = l.at FROM unnest($1::uuid[], $2::timestamptz[]) l (id, at)
  WHERE deals.id = l.id AND deals.stall_look_at <> l.at`;
