import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { BULK, type Bulk, DOMAIN, DUE, RELAY, USEFUL } from './mail-line.js';

/** A message in the hands of one worker; an older claim on it is worth nothing. */
export interface ClaimedMessage {
  id: string;
  claim: number;
}

/** The last row of a sweep is about the sweep itself: no id, the claims that wait in the queue, the last domain it came to. */
interface SweptRow {
  id: string | null;
  claim: number;
  domain: string | null;
}

/** Finds in the ledger what is to be done now. Any number of workers may sweep at once: one of them does it. */
@Injectable()
export class MessageSweep {
  /** Claims of all workers that waited in the queue when the last sweep ended. */
  waiting = 0;
  /** Where the next look at the domains one by one goes on. */
  private domain = '';

  constructor(
    private readonly database: Database,
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Ends what nobody works on any more, cancels what has become useless, and claims what is due: urgent before bulk, then
   * oldest first, and of each domain no more than it may have. One statement: each row is looked at by one sweep only.
   */
  async run(): Promise<ClaimedMessage[]> {
    const { batch, queuedLease, sendingLease } = this.options;
    const rows = await this.database.prepared<SweptRow>(SWEEP, [
      batch,
      queuedLease,
      sendingLease - SLOW,
      perDomain(this.config),
      ratesOf(this.config),
      this.domain,
    ]);
    const about = rows.pop();
    this.domain = about?.domain ?? '';
    this.waiting = about?.claim ?? 0;
    return rows.map(({ id, claim }) => ({ id: id ?? '', claim }));
  }

  /** Milliseconds until the next message falls due; undefined when that is further away than `within`. */
  async nextDue(within: number): Promise<number | undefined> {
    const [next] = await this.database.prepared<{ wait: number | null }>(NEXT_DUE, [within]);
    return next?.wait ?? undefined;
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

/** A message that has been with SMTP for so many milliseconds makes its domain a slow one. */
const SLOW = 3_000;
/** Messages that try whether a domain, or the mail server, has rested enough. */
const PROBES = 3;
/** Rows at the head of the line that one sweep looks at, of each urgency. */
const HEAD = 300;
/** Domains that one sweep looks at one by one when the head of the line does not fill the queue. */
const LANES = 100;

/** Any number that nobody else locks. */
const TURN = 1_927_028;

const ms = (parameter: string): string => `${parameter}::int * interval '1 ms'`;

/** The first of the line, or of one domain's, of one urgency. */
const first = (bulk: Bulk, limit: string, where = ''): string => `
  (SELECT m.id, ${DOMAIN} AS domain, ${BULK} AS bulk, m.due_at, m.not_after FROM messages m
   WHERE ${DUE} AND ${BULK} = ${bulk} ${where} ORDER BY m.due_at LIMIT ${limit})`;

/** Nothing is looked at when nothing may be claimed. */
const HEAD_LIMIT = `CASE WHEN (SELECT n FROM budget) > 0 THEN ${HEAD} ELSE 0 END`;

const NEXT_LANE = `SELECT ${DOMAIN} FROM messages m WHERE m.status = 'planned' AND ${DOMAIN}`;

/** Seconds between two mails to a domain; null where there is no limit. */
const GAP = `60 / coalesce($5::jsonb->>c.domain, $5::jsonb->>'*')::float8`;

/** From when on the gaps are counted: what was not used in the last second may be made up for, and no more. */
const COUNTED_FROM = (nextAt: string): string => `greatest(${nextAt}, now() - greatest(0, 1 - gap) * interval '1 s')`;

/**
 * $1: most claims in the queue · $2: lease of one · $3: what is left of a lease when SMTP has been slow · $4: most claims
 * of a domain · $5: rates · $6: domain to go on from.
 * Whoever sweeps while another does gets nothing, so that caps hold; whatever a sweep saw has been decided in one snapshot.
 */
const SWEEP = `
  WITH RECURSIVE turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${TURN}) AS mine),
  lost AS (
    UPDATE messages SET status = 'unknown', reason = coalesce(reason, 'lease_expired'), lease_until = NULL,
      version = version + 1, updated_at = now()
    WHERE id IN (SELECT id FROM messages WHERE status = 'sending' AND lease_until < now() FOR UPDATE SKIP LOCKED)
  ), idle AS (
    UPDATE messages SET status = 'planned', lease_until = NULL, version = version + 1, updated_at = now()
    WHERE id IN (SELECT id FROM messages WHERE status = 'queued' AND lease_until < now() FOR UPDATE SKIP LOCKED)
  ), useless AS (
    UPDATE messages SET status = 'cancelled', reason = 'too_late', version = version + 1, updated_at = now()
    WHERE id IN (SELECT id FROM messages WHERE status = 'planned' AND not_after < now() FOR UPDATE SKIP LOCKED)
  ), swept AS (
    INSERT INTO mail_sweeps AS s (one, swept_at) VALUES (true, now())
    ON CONFLICT (one) DO UPDATE SET swept_at = now() WHERE s.swept_at < now() - interval '1 s'
  ), busy AS MATERIALIZED (
    SELECT ${DOMAIN} AS domain, count(*)::int AS n, (count(*) FILTER (WHERE m.status = 'queued'))::int AS queued,
      (count(*) FILTER (WHERE m.status = 'sending' AND m.lease_until < now() + ${ms('$3')}))::int AS slow
    FROM messages m WHERE m.status IN ('queued', 'sending') GROUP BY 1
  ), budget AS MATERIALIZED (
    SELECT CASE WHEN NOT mine OR relay.until > now() THEN 0
      WHEN relay.until IS NOT NULL THEN ${PROBES} - (SELECT coalesce(sum(n - slow), 0) FROM busy)
      ELSE $1::int - (SELECT coalesce(sum(queued), 0) FROM busy) END AS n
    FROM turn LEFT JOIN mail_rests relay ON relay.domain = '${RELAY}'
  ), room AS MATERIALIZED (
    SELECT domain, CASE WHEN r.until > now() THEN 0
      ELSE least($4::int, CASE WHEN r.until IS NOT NULL OR slow > 0 THEN coalesce(slow, 0) + CASE WHEN r.until IS NULL THEN 1 ELSE ${PROBES} END END)
        - coalesce(n, 0) END AS n
    FROM busy FULL JOIN mail_rests r USING (domain)
  ), head AS MATERIALIZED (
    SELECT * FROM ${first(0, HEAD_LIMIT)} urgent UNION ALL SELECT * FROM ${first(1, HEAD_LIMIT)} bulk
  ), blocked AS MATERIALIZED (
    SELECT (SELECT greatest(sum(bulk), sum(1 - bulk)) = ${HEAD} FROM head)
      AND (SELECT sum(greatest(0, least(h.n, coalesce(room.n, $4::int))))
           FROM (SELECT domain, count(*) AS n FROM head GROUP BY domain) h LEFT JOIN room USING (domain)) < (SELECT n FROM budget) AS it
  ), lanes (domain, n) AS (
    SELECT * FROM (${NEXT_LANE} > $6::text AND (SELECT it FROM blocked) ORDER BY ${DOMAIN} LIMIT 1) l (domain), (VALUES (1)) v
    UNION ALL
    SELECT (${NEXT_LANE} > l.domain ORDER BY ${DOMAIN} LIMIT 1), l.n + 1 FROM lanes l WHERE l.domain IS NOT NULL AND l.n < ${LANES}
  ), candidates AS (
    SELECT * FROM head
    UNION
    SELECT waiting.* FROM lanes l LEFT JOIN room USING (domain) CROSS JOIN LATERAL (
      ${first(0, '$4::int', `AND ${DOMAIN} = l.domain`)} UNION ALL ${first(1, '$4::int', `AND ${DOMAIN} = l.domain`)}
    ) waiting WHERE l.domain IS NOT NULL AND coalesce(room.n, 1) > 0
  ), ranked AS (
    SELECT m.*, row_number() OVER (PARTITION BY m.domain ORDER BY m.bulk, m.due_at, m.id) AS place FROM candidates m WHERE ${USEFUL}
  ), chosen AS (
    SELECT c.id FROM ranked c LEFT JOIN room USING (domain) LEFT JOIN mail_paces p USING (domain) CROSS JOIN LATERAL (SELECT ${GAP} AS gap) g
    WHERE c.place <= coalesce(room.n, $4::int)
      AND c.place <= coalesce(floor(extract(epoch FROM now() - ${COUNTED_FROM('p.next_at')}) / gap) + 1, $4::int)
    ORDER BY c.bulk, c.due_at, c.id LIMIT greatest(0, (SELECT n FROM budget))
  ), due AS (
    SELECT m.id FROM messages m WHERE m.id = ANY (ARRAY(SELECT id FROM chosen)) AND ${DUE} FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE messages m SET status = 'queued', claim = m.claim + 1, lease_until = now() + ${ms('$2')},
      version = m.version + 1, updated_at = now()
    FROM due WHERE m.id = due.id RETURNING m.id, m.claim, ${DOMAIN} AS domain, ${BULK} AS bulk, m.due_at
  ), paced AS (
    INSERT INTO mail_paces AS p (domain, next_at)
    SELECT c.domain, ${COUNTED_FROM('p.next_at')} + c.n * gap * interval '1 s'
    FROM (SELECT domain, count(*) AS n FROM claimed GROUP BY domain) c LEFT JOIN mail_paces p USING (domain)
      CROSS JOIN LATERAL (SELECT ${GAP} AS gap) g
    WHERE gap IS NOT NULL
    ON CONFLICT (domain) DO UPDATE SET next_at = excluded.next_at
  )
  SELECT id, claim, NULL AS domain FROM (SELECT * FROM claimed ORDER BY bulk, due_at, id) c
  UNION ALL
  SELECT NULL, (SELECT coalesce(sum(queued), 0)::int FROM busy) + (SELECT count(*)::int FROM claimed),
    CASE WHEN (SELECT count(*) FROM lanes WHERE domain IS NOT NULL) = ${LANES} THEN (SELECT max(domain) FROM lanes) END`;

const soonest = (bulk: Bulk): string => `
  (SELECT m.due_at FROM messages m
   WHERE m.status = 'planned' AND ${BULK} = ${bulk} AND m.due_at > now() ORDER BY m.due_at LIMIT 1)`;

const NEXT_DUE = `
  SELECT greatest(1, ceil(extract(epoch FROM min(due_at) - clock_timestamp()) * 1000))::int AS wait FROM (
    ${soonest(0)} UNION ALL ${soonest(1)}) next
  WHERE due_at < now() + ${ms('$1')}`;

const RELEASE = `
  UPDATE messages m SET status = 'planned', lease_until = NULL, version = m.version + 1, updated_at = now()
  FROM jsonb_to_recordset($1::jsonb) AS c (id uuid, claim int)
  WHERE m.id = c.id AND m.claim = c.claim AND m.status = 'queued'`;
