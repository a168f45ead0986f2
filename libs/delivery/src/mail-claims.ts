import { BULK, type Bulk, DOMAIN, DUE, RELAY } from './mail-line.js';

/** A message that has been with SMTP for so many milliseconds makes its domain a slow one. */
export const SLOW = 3_000;
/** Messages that try whether a domain, or the mail server, has rested enough. */
const PROBES = 3;
/** Rows that one look at the head of the line takes in. */
export const HEAD = 300;
/** Domains that one sweep comes to when the head of the line does not fill the queue. */
export const LANES = 100;

const ms = (parameter: string): string => `${parameter}::int * interval '1 ms'`;

/**
 * What all workers have in hand of a domain: `queued` in the queue, `n` with those at SMTP, `slow` of which hang there.
 * $1: what is left of a lease when SMTP has been slow.
 */
const IN_HAND = `
  SELECT ${DOMAIN} AS domain, count(*)::int AS n, (count(*) FILTER (WHERE m.status = 'queued'))::int AS queued,
    (count(*) FILTER (WHERE m.status = 'sending' AND m.lease_until < now() + ${ms('$1')}))::int AS slow
  FROM messages m WHERE m.status IN ('queued', 'sending') GROUP BY 1`;

/**
 * How many may be claimed in all, and how many wait in the queue. While the mail server rests none may, then a few that try.
 * $2: most in the queue.
 */
export const BUDGET = `
  SELECT queued, CASE WHEN relay.until > now() THEN 0 WHEN relay.until IS NOT NULL THEN ${PROBES} - at_work ELSE $2::int - queued END AS free
  FROM (SELECT coalesce(sum(queued), 0)::int AS queued, coalesce(sum(n - slow), 0)::int AS at_work FROM (${IN_HAND}) h) in_hand
    LEFT JOIN mail_rests relay ON relay.domain = '${RELAY}'`;

/** The messages of one urgency that have waited longest. */
function headOfLine(bulk: Bulk): string {
  return `
    SELECT m.id, ${DOMAIN} AS domain, m.due_at FROM messages m
    WHERE ${DUE} AND ${BULK} = ${bulk} ORDER BY m.due_at LIMIT ${HEAD}`;
}

/** The same of each of the domains in $6. */
function headOfLanes(bulk: Bulk): string {
  return `
    SELECT first.* FROM unnest($6::text[]) lane (domain) CROSS JOIN LATERAL (
      SELECT m.id, lane.domain, m.due_at FROM messages m
      WHERE ${DUE} AND ${BULK} = ${bulk} AND ${DOMAIN} = lane.domain ORDER BY m.due_at LIMIT $4::int) first`;
}

/** Domains that wait, in the order of their names, after $1: one step in the index for each, however many messages they have. */
export const NEXT_LANES = `
  WITH RECURSIVE lanes (domain, n) AS (
    SELECT $1::text, 0
    UNION ALL
    SELECT (SELECT ${DOMAIN} FROM messages m WHERE m.status = 'planned' AND ${DOMAIN} > lanes.domain ORDER BY ${DOMAIN} LIMIT 1), n + 1
    FROM lanes WHERE domain IS NOT NULL AND n < ${LANES}
  ) SELECT domain FROM lanes WHERE n > 0 AND domain IS NOT NULL ORDER BY n`;

/** What a domain may have at once: nothing while it rests, then a few that try; one more than hang in it; else the cap, $4. */
const CAP = `least($4::int, CASE
      WHEN rest.until > now() THEN 0
      WHEN rest.until IS NOT NULL THEN coalesce(slow, 0) + ${PROBES}
      WHEN slow > 0 THEN slow + 1 END)`;

/** Seconds between two mails to a domain by its rate, $5; null where there is no limit. */
const GAP = `60 / coalesce($5::jsonb->>d.domain, $5::jsonb->>'*')::float8`;

/** From when on the gaps are counted: what was not used in the last second may be made up for, and no more. */
const COUNTED_FROM = `greatest(pace.next_at, now() - greatest(0, 1 - gap) * interval '1 s')`;

/** How many the gaps since then leave room for; null where there is no limit, and \`least\` takes no notice of it. */
const BY_RATE = `(floor(extract(epoch FROM now() - ${COUNTED_FROM}) / gap) + 1)::int`;

/** How many more the domains of the candidates may have. */
const ROOM = `
    SELECT d.domain, gap, ${COUNTED_FROM} AS counted_from, least(${CAP} - coalesce(n, 0), ${BY_RATE}) AS n
    FROM (SELECT DISTINCT domain FROM candidates) d CROSS JOIN LATERAL (SELECT ${GAP} AS gap) g
      LEFT JOIN (${IN_HAND}) in_hand USING (domain)
      LEFT JOIN mail_rests rest USING (domain)
      LEFT JOIN mail_paces pace USING (domain)`;

/**
 * Claims the candidates that have waited longest, of each domain no more than it has room for, of all no more than $3; what
 * somebody else has in hand is left to them. Answers the claims and, in a row without an id where there are none, how many
 * candidates were looked at. $2: lease of a claim; the others as above.
 */
const claim = (candidates: string): string => `
  WITH candidates AS MATERIALIZED (${candidates}
  ), room AS MATERIALIZED (${ROOM}
  ), chosen AS (
    SELECT c.id FROM (SELECT *, row_number() OVER (PARTITION BY domain ORDER BY due_at, id) AS place FROM candidates) c
      JOIN room USING (domain)
    WHERE c.place <= room.n ORDER BY c.due_at, c.id LIMIT $3::int
  ), untouched AS (
    SELECT m.id FROM messages m WHERE m.id = ANY (ARRAY(SELECT id FROM chosen)) AND ${DUE} FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE messages m SET status = 'queued', claim = m.claim + 1, lease_until = now() + ${ms('$2')},
      version = m.version + 1, updated_at = now()
    FROM untouched WHERE m.id = untouched.id RETURNING m.id, m.claim, ${DOMAIN} AS domain, m.due_at
  ), paced AS (
    INSERT INTO mail_paces AS p (domain, next_at)
    SELECT domain, counted_from + count(*) * gap * interval '1 s' FROM claimed JOIN room USING (domain)
    WHERE gap IS NOT NULL GROUP BY domain, counted_from, gap
    ON CONFLICT (domain) DO UPDATE SET next_at = excluded.next_at
  )
  SELECT c.id, c.claim, looked.n AS looked FROM (SELECT count(*)::int AS n FROM candidates) looked LEFT JOIN claimed c ON true
  ORDER BY c.due_at, c.id`;

/** From the head of the line, urgent or bulk. */
export const CLAIM_AT_HEAD: Record<Bulk, string> = { 0: claim(headOfLine(0)), 1: claim(headOfLine(1)) };

/** From the domains in $6. */
export const CLAIM_IN_LANES: Record<Bulk, string> = { 0: claim(headOfLanes(0)), 1: claim(headOfLanes(1)) };
