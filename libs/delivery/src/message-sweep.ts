import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import { Database, Transactional } from '#database';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { BUDGET, CLAIM_AT_HEAD, CLAIM_IN_LANES, HEAD, LANES, NEXT_LANES, SLOW } from './mail-claims.js';
import { BULK, type Bulk } from './mail-line.js';

/** A message in the hands of one worker; an older claim on it is worth nothing. */
export interface ClaimedMessage {
  id: string;
  claim: number;
}

/** A row of a claiming statement: how many messages it looked at, and one of its claims if it made any. */
interface ClaimRow {
  id: string | null;
  claim: number;
  looked: number;
}

/** Finds in the ledger what is to be done now. Any number of workers may sweep at once: one of them does it. */
@Injectable()
export class MessageSweep {
  /** Claims of all workers that waited in the queue when the last sweep ended. */
  waiting = 0;
  /** Where the next look at the domains one by one goes on. */
  private domain = '';

  constructor(
    readonly database: Database,
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Ends what nobody works on any more, cancels what has become useless, and claims what is due: urgent before bulk, then
   * oldest first, and of each domain no more than it may have. Answers nothing while another worker does it.
   */
  @Transactional()
  async run(): Promise<ClaimedMessage[]> {
    const [turn] = await this.database.prepared<{ mine: boolean }>(TURN, []);
    if (!turn?.mine) return [];
    await this.database.prepared(TIDY, []);
    const { queued, free } = await this.budget();
    const claims = await this.claim(free);
    this.waiting = queued + claims.length;
    return claims;
  }

  private async budget(): Promise<{ queued: number; free: number }> {
    const { batch, sendingLease } = this.options;
    const [budget] = await this.database.prepared<{ queued: number; free: number }>(BUDGET, [
      sendingLease - SLOW,
      batch,
    ]);
    return budget ?? { queued: 0, free: 0 };
  }

  /** From the head of the line; where that is full of domains that may have no more, from some domains one by one. */
  private async claim(free: number): Promise<ClaimedMessage[]> {
    const claims: ClaimedMessage[] = [];
    let lanes: string[] | undefined;
    for (const bulk of [0, 1] as const) {
      const looked = await this.add(claims, free, CLAIM_AT_HEAD[bulk]);
      if (looked < HEAD || claims.length >= free) continue;
      lanes ??= await this.nextLanes();
      await this.add(claims, free, CLAIM_IN_LANES[bulk], [lanes]);
    }
    return claims;
  }

  /** Answers how many messages were looked at. */
  private async add(claims: ClaimedMessage[], free: number, sql: string, more: unknown[] = []): Promise<number> {
    if (claims.length >= free) return 0;
    const { queuedLease, sendingLease } = this.options;
    const limits = [free - claims.length, perDomain(this.config), ratesOf(this.config)];
    const rows = await this.database.prepared<ClaimRow>(sql, [sendingLease - SLOW, queuedLease, ...limits, ...more]);
    for (const { id, claim } of rows) if (id) claims.push({ id, claim });
    return rows[0]?.looked ?? 0;
  }

  private async nextLanes(): Promise<string[]> {
    const rows = await this.database.prepared<{ domain: string }>(NEXT_LANES, [this.domain]);
    this.domain = (rows.length === LANES && rows.at(-1)?.domain) || '';
    return rows.map(({ domain }) => domain);
  }

  /** Milliseconds until the next message falls due; undefined when that is further away than `within`. */
  async nextDue(within: number): Promise<number | undefined> {
    const [next] = await this.database.prepared<{ wait: number }>(NEXT_DUE, [within]);
    return next?.wait;
  }

  /** Gives claims back that could not be passed on. */
  async release(claims: ClaimedMessage[]): Promise<void> {
    await this.database.query(RELEASE, [JSON.stringify(claims)]);
  }
}

/** A quarter of what one worker does at once is left to the other domains. */
const perDomain = ({ mailDomainConcurrency, workerConcurrency }: Config): number =>
  mailDomainConcurrency ?? Math.ceil(workerConcurrency * 0.75);

/** Mails per minute by domain, as SQL takes it; null when there is no limit at all. */
const ratesOf = ({ mailDomainRates: rates }: Config): string | null =>
  Object.keys(rates).length > 0 ? JSON.stringify(rates) : null;

/** Any number that nobody else locks. Until the sweep's end: whoever comes meanwhile gets nothing, so that caps hold. */
const TURN = 'SELECT pg_try_advisory_xact_lock(1927028) AS mine';

/** What nobody reported on in time is unknown, what nobody began waits again, what is of no use any more is cancelled. */
const TIDY = `
  WITH lost AS (
    UPDATE messages SET status = 'unknown', reason = coalesce(reason, 'lease_expired'), lease_until = NULL,
      version = version + 1, updated_at = now()
    WHERE id IN (SELECT id FROM messages WHERE status = 'sending' AND lease_until < now() FOR UPDATE SKIP LOCKED)
  ), idle AS (
    UPDATE messages SET status = 'planned', lease_until = NULL, version = version + 1, updated_at = now()
    WHERE id IN (SELECT id FROM messages WHERE status = 'queued' AND lease_until < now() FOR UPDATE SKIP LOCKED)
  ), useless AS (
    UPDATE messages SET status = 'cancelled', reason = 'too_late', version = version + 1, updated_at = now()
    WHERE id IN (SELECT id FROM messages WHERE status = 'planned' AND not_after < now() FOR UPDATE SKIP LOCKED)
  )
  INSERT INTO mail_sweeps AS s (one, swept_at) VALUES (true, now())
  ON CONFLICT (one) DO UPDATE SET swept_at = now() WHERE s.swept_at < now() - interval '1 s'`;

const soonest = (bulk: Bulk): string => `
  (SELECT m.due_at FROM messages m
   WHERE m.status = 'planned' AND ${BULK} = ${bulk} AND m.due_at > now() ORDER BY m.due_at LIMIT 1)`;

/** No row when there is none: the greatest of 1 and nothing would be 1. */
const NEXT_DUE = `
  SELECT greatest(1, ceil(extract(epoch FROM min(due_at) - clock_timestamp()) * 1000))::int AS wait FROM (
    ${soonest(0)} UNION ALL ${soonest(1)}) next
  WHERE due_at < now() + $1::int * interval '1 ms'
  HAVING count(*) > 0`;

const RELEASE = `
  UPDATE messages m SET status = 'planned', lease_until = NULL, version = m.version + 1, updated_at = now()
  FROM jsonb_to_recordset($1::jsonb) AS c (id uuid, claim int)
  WHERE m.id = c.id AND m.claim = c.claim AND m.status = 'queued'`;
