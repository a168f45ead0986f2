import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Invalid } from '#faults';

export interface MembershipReportRequest {
  /** First month, `YYYY-MM`. */
  from: string;
  /** Last month, included. */
  to: string;
  tierCode?: string;
}

/** What became of memberships in one month. A term is a stretch paid for: the first one, and one more for each renewal. */
export interface MembershipFigures {
  /** `YYYY-MM` */
  month: string;
  /** Current or in grace on the last day of the month; for a month that is not over, by what is known today. */
  active: number;
  /** Began, and the member was none the day before. */
  new: number;
  /** Terms whose last day is in the month, but for those cancelled by then. */
  due: number;
  /** Of those due, how many went on before their grace was over, in whatever tier. */
  renewed: number;
  /** Grace ended, and the member did not go on. */
  lapsed: number;
  /** Cancelled while they lasted or were in grace, and the member did not go on. */
  cancelled: number;
  /** renewed ÷ due, rounded to four places; null when none was due. */
  renewalRate: number | null;
  /** Annual dues of those active, by currency. */
  dues: { amount: string; currency: string }[];
}

export interface TierFigures extends MembershipFigures {
  tierCode: string;
  tierName: string;
}

export interface MembershipReport {
  from: string;
  to: string;
  /** By tier and month. */
  data: TierFigures[];
  /** By month, all tiers of the report together. */
  totals: MembershipFigures[];
}

/** Longest span of a report, in months. */
export const MOST_MONTHS = 60;

/** How memberships come and go, month by month. */
@Injectable()
export class MembershipReportReader {
  constructor(private readonly database: Database) {}

  /** Throws Invalid for a span that is none or too long, and for a tier that does not exist. */
  async report({ from, to, tierCode }: MembershipReportRequest): Promise<MembershipReport> {
    demandSpan(from, to);
    if (tierCode !== undefined) await this.demandTier(tierCode);
    const rows = await this.database.query<TierFigures & { isTotal: boolean }>(REPORT, [
      `${from}-01`,
      `${to}-01`,
      tierCode ?? null,
    ]);
    const data = rows.flatMap(({ isTotal, ...row }) => (isTotal ? [] : [row]));
    const totals = rows.flatMap(({ isTotal, tierCode: _code, tierName: _name, ...row }) => (isTotal ? [row] : []));
    return { from, to, data, totals };
  }

  private async demandTier(code: string): Promise<void> {
    const tier = await this.database.queryOne('SELECT id FROM membership_tiers WHERE code = $1', [code]);
    if (!tier) throw fault('tierCode', 'unknown_reference', `There is no tier with code ${code}.`);
  }
}

function demandSpan(from: string, to: string): void {
  if (from > to) throw fault('to', 'ends_before_start', 'The last month cannot be before the first.');
  if (monthNumber(to) - monthNumber(from) >= MOST_MONTHS)
    throw fault('to', 'too_long', `A report covers ${MOST_MONTHS} months at most.`);
}

const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));

const fault = (parameter: string, code: string, message: string): Invalid =>
  Invalid.field('', code, message, { parameter });

/**
 * A renewal within grace goes on the day after the old end, a later one on the day it was made. A term is active until
 * its grace ends, the member's next term begins or it is cancelled; thus nobody counts twice, and over all tiers
 * active = active a month before + new − lapsed − cancelled. Each term is two or three dated events, so the cost does
 * not grow with the number of months.
 */
const REPORT = `
  WITH history AS (
    SELECT r.membership_id, r.ended_on, (r.renewed_at AT TIME ZONE 'UTC')::date AS renewed_on,
      row_number() OVER w AS nth, lead(r.ended_on) OVER w AS next_end
    FROM membership_renewals r WINDOW w AS (PARTITION BY r.membership_id ORDER BY r.id)
  ), live AS (
    SELECT m.id, coalesce(m.organization_id, m.person_id) AS member, m.tier_id, t.grace_days, m.starts_on, m.ends_on, m.cancelled_on
    FROM memberships m JOIN membership_tiers t ON t.id = m.tier_id WHERE m.archived_at IS NULL
  ), terms AS (
    SELECT l.*, l.starts_on AS from_on, least(h.ended_on, l.ends_on) AS to_on
    FROM live l LEFT JOIN history h ON h.membership_id = l.id AND h.nth = 1
    UNION ALL
    SELECT l.*, CASE WHEN h.renewed_on <= h.ended_on + l.grace_days THEN h.ended_on + 1 ELSE h.renewed_on END,
      least(h.next_end, l.ends_on)
    FROM live l JOIN history h ON h.membership_id = l.id
  ), begun AS (
    SELECT *, least(to_on + grace_days, cancelled_on - 1) AS reach, lead(from_on) OVER w AS next_from,
      lag(least(to_on + grace_days, cancelled_on - 1)) OVER w AS reached
    FROM terms WHERE from_on <= to_on AND (cancelled_on IS NULL OR from_on < cancelled_on)
    WINDOW w AS (PARTITION BY member ORDER BY from_on, to_on, id)
  ), told AS (
    SELECT *, next_from IS NOT NULL AND next_from <= reach + 1 AS goes_on, reached IS NOT NULL AND reached + 1 >= from_on AS went_on,
      least(reach, next_from - 1) + 1 AS over_on
    FROM begun
  ), events AS (
    SELECT tier_id, from_on AS day, 1 AS active, (NOT went_on)::int AS new, 0 AS due, 0 AS renewed, 0 AS lapsed, 0 AS cancelled FROM told
    UNION ALL
    SELECT tier_id, over_on, -1, 0, 0, 0, (NOT goes_on AND over_on IS DISTINCT FROM cancelled_on)::int,
      (NOT goes_on AND over_on IS NOT DISTINCT FROM cancelled_on)::int FROM told
    UNION ALL
    SELECT tier_id, to_on, 0, 0, 1, goes_on::int, 0, 0 FROM told WHERE cancelled_on IS NULL OR cancelled_on > to_on
  ), counted AS (
    SELECT tier_id, date_trunc('month', day)::date AS month, sum(active) AS active, sum(new) AS new, sum(due) AS due,
      sum(renewed) AS renewed, sum(lapsed) AS lapsed, sum(cancelled) AS cancelled
    FROM events WHERE day < $2::date + interval '1 month' GROUP BY 1, 2
  ), before AS (
    SELECT tier_id, sum(active) AS active FROM counted WHERE month < $1::date GROUP BY 1
  ), figures AS (
    SELECT t.id, t.code, t.name, t.currency, g.month::date AS month, coalesce(c.new, 0) AS new, coalesce(c.due, 0) AS due,
      coalesce(c.renewed, 0) AS renewed, coalesce(c.lapsed, 0) AS lapsed, coalesce(c.cancelled, 0) AS cancelled,
      coalesce(b.active, 0) + sum(coalesce(c.active, 0)) OVER (PARTITION BY t.id ORDER BY g.month) AS active, t.annual_dues
    FROM membership_tiers t CROSS JOIN generate_series($1::date, $2::date, interval '1 month') AS g (month)
    LEFT JOIN counted c ON c.tier_id = t.id AND c.month = g.month::date LEFT JOIN before b ON b.tier_id = t.id
    WHERE ($3::text IS NULL OR t.code = $3) AND (t.archived_at IS NULL OR $3 IS NOT NULL OR t.id IN (SELECT tier_id FROM counted))
  ), sums AS (
    SELECT month, id, min(code) AS code, min(name) AS name, grouping(id) = 1 AS is_total, sum(active) AS active, sum(new) AS new,
      sum(due) AS due, sum(renewed) AS renewed, sum(lapsed) AS lapsed, sum(cancelled) AS cancelled
    FROM figures GROUP BY GROUPING SETS ((month, id), (month))
  ), dues AS (
    SELECT month, id, grouping(id) = 1 AS is_total, currency, sum(active * annual_dues) AS amount
    FROM figures WHERE currency IS NOT NULL AND active > 0 GROUP BY GROUPING SETS ((month, id, currency), (month, currency))
  )
  SELECT to_char(s.month, 'YYYY-MM') AS month, s.code AS "tierCode", s.name AS "tierName", s.is_total AS "isTotal",
    s.active::int, s.new::int, s.due::int, s.renewed::int, s.lapsed::int, s.cancelled::int,
    round(s.renewed / nullif(s.due, 0), 4)::float8 AS "renewalRate",
    coalesce((SELECT jsonb_agg(jsonb_build_object('amount', d.amount::text, 'currency', d.currency) ORDER BY d.currency) FROM dues d
      WHERE d.month = s.month AND d.is_total = s.is_total AND d.id IS NOT DISTINCT FROM s.id), '[]') AS dues
  FROM sums s ORDER BY s.is_total, s.code, s.month`;
