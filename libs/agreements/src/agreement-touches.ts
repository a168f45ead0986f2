import { type DealTouchSource, writtenAtSql } from '#deals';

const start = (column: string): string => `${column}::timestamp AT TIME ZONE 'UTC'`;

/** What was initialed or signed, when that was; of a window, on its last day. */
const acts: DealTouchSource = (dealId) => `
  SELECT CASE e.known WHEN 'window' THEN least(${start('e.until')}, greatest(${start('e.since')}, e.written_at)) ELSE ${start('e.since')} END,
    CASE e.known WHEN 'window' THEN 'day' ELSE e.known END, e.written_at
  FROM agreements a CROSS JOIN LATERAL (VALUES (a.signed_from, a.signed_to, a.date_precision, ${writtenAtSql('a', `'signedFrom'`)}),
    (a.initialed_from, a.initialed_to, a.initialed_precision, ${writtenAtSql('a', `'initialedFrom'`)})) e (since, until, known, written_at)
  WHERE a.deal_id = ${dealId} AND a.archived_at IS NULL AND e.since IS NOT NULL`;

/** A draft, and any step whose day nobody knew, when it was written down. */
const steps: DealTouchSource = (dealId) => `
  SELECT e.at, NULL, e.at FROM agreements a JOIN audit_entries e ON e.about_id = a.id
  WHERE a.deal_id = ${dealId} AND a.archived_at IS NULL AND e.after ? 'status'
    AND e.after ->> 'signedFrom' IS NULL AND e.after ->> 'initialedFrom' IS NULL`;

/** How agreements touch the deals that they belong to. */
export const agreementTouches = [acts, steps];
