import { TRY_FOR } from './backoff.js';
import { BULK, type Bulk, DOMAIN, DUE, RELAY, USEFUL } from './mail-line.js';

/** What a statement that ends an attempt answers. */
export interface Ended {
  /** The next message to the same domain, claimed for the same hands, where one was asked for and is due. */
  id: string | null;
  claim: number | null;
  /** How often in a row somebody has asked to be left alone, when this attempt is such a time. */
  strikes: number | null;
}

/** Why it was taken back while it was being sent, if it was. */
const MARKED = `m.reason IS NOT NULL AND m.reason <> 'lease_expired'`;

/** Taken back while it was being sent: it is not tried again. */
const UNWANTED = `$3::text = 'planned' AND ${MARKED}`;

/** Nobody has refused a message while the mail server took nothing from us at all; its hours do not run. */
const GAVE_UP = `$3::text = 'planned' AND $7::text <> 'relay' AND now() + ${ms('$6')} > m.first_tried_at + ${ms(String(TRY_FOR))}`;

/** The message's own end. Who knows the result may correct `unknown`, which only says that nobody had reported in time. */
const ENDED = `
    UPDATE messages m SET
      status = CASE WHEN ${UNWANTED} THEN 'cancelled' WHEN ${GAVE_UP} THEN 'failed' ELSE $3::text END,
      reason = CASE
        WHEN ${UNWANTED} OR ($3::text = 'unknown' AND ${MARKED}) THEN m.reason
        WHEN ${GAVE_UP} THEN 'gave_up'
        ELSE $4::text END,
      last_error = $5::text, lease_until = NULL, sent_at = CASE WHEN $3::text = 'sent' THEN now() END,
      due_at = CASE WHEN $3::text = 'planned' THEN now() + ${ms('$6')} ELSE m.due_at END,
      first_tried_at = CASE WHEN $7::text = 'relay' THEN NULL ELSE m.first_tried_at END,
      version = m.version + 1, updated_at = now()
    WHERE m.id = $1 AND m.claim = $2 AND m.status IN ('sending', 'unknown')
    RETURNING ${DOMAIN} AS domain`;

/** Whoever asked for fewer mails rests, twice as long each time in a row; who rests already, because of others, does no longer. */
const STRUCK = `
    INSERT INTO mail_rests AS r (domain, strikes, until, error)
    SELECT CASE WHEN $7::text = 'relay' THEN '${RELAY}' ELSE domain END, 1, now() + ${ms('$8')}, coalesce($5::text, '')
    FROM ended WHERE $7::text <> 'nobody'
    ON CONFLICT (domain) DO UPDATE SET strikes = r.strikes + 1, error = excluded.error,
      until = now() + least(${ms('$9')}, ${ms('$8')} * 2 ^ least(r.strikes, 20))
    WHERE r.until <= now() RETURNING r.strikes`;

/** Whoever has rested and takes mail again is well. */
const WELL = `
    DELETE FROM mail_rests r USING ended e
    WHERE r.until <= now()
      AND r.domain = ANY (CASE $10::text WHEN 'domain' THEN ARRAY['${RELAY}', e.domain] WHEN 'relay' THEN ARRAY['${RELAY}'] END)`;

/** The message of one urgency that has waited longest in the domain. */
const next = (bulk: Bulk): string => `
      (SELECT m.id FROM messages m WHERE ${DUE} AND ${USEFUL} AND ${DOMAIN} = e.domain AND ${BULK} = ${bulk}
       ORDER BY m.due_at LIMIT 1 FOR UPDATE SKIP LOCKED)`;

/** One more to the same domain in the place of this one, so that no cap is passed; none while the domain or the mail server rests. */
const CLAIMED = `
    UPDATE messages m SET status = 'queued', claim = m.claim + 1, lease_until = now() + ${ms('$12')},
      version = m.version + 1, updated_at = now()
    WHERE m.id = (
      SELECT coalesce(${next(0)}, ${next(1)})
      FROM ended e WHERE $11::boolean AND NOT EXISTS (SELECT FROM mail_rests r WHERE r.domain IN ('${RELAY}', e.domain)))
    RETURNING m.id, m.claim`;

/**
 * Ends an attempt, and writes down for all workers what it has taught about the domain and the mail server.
 *
 * $1: message · $2: claim · $3: status · $4: reason · $5: error · $6: wait until the next attempt · $7: who rests, as
 * Retry.rests · $8, $9: for how long at first and at most · $10: who has shown to be well · $11: whether to claim the
 * next, for $12
 */
export const END = `
  WITH ended AS (${ENDED}
  ), struck AS (${STRUCK}
  ), well AS (${WELL}
  ), claimed AS (${CLAIMED}
  )
  SELECT (SELECT id FROM claimed) AS id, (SELECT claim FROM claimed) AS claim, (SELECT strikes FROM struck) AS strikes`;

function ms(amount: string): string {
  return `${amount}::float8 * interval '1 ms'`;
}
