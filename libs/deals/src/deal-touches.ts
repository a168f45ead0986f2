import { Injectable } from '@nestjs/common';
import { touchedPrecisionSql } from './touchpoint.sql.js';

/**
 * SQL of some touches of a deal: `SELECT at, date_precision, written_at FROM …`, given the SQL of the deal's id. A date is its
 * first moment, with how far it may be trusted (null: to the second), and was known when it was written down.
 */
export type DealTouchSource = (dealId: string) => string;

/**
 * What counts as a touch of a deal: it was moved, or something happened between it and the world outside. Only what everybody
 * may know of, for everybody is told when a deal has stalled. Features to the right register what they know of.
 */
@Injectable()
export class DealTouches {
  private readonly sources = [...OWN];

  /** An index by the deal must lead to the touches. */
  register(source: DealTouchSource): void {
    this.sources.push(source);
  }

  /**
   * SQL of the last touch of a deal: `at` and `date_precision` as they are known, and `latest`, the last moment that it may have
   * been. Nothing that is still to come; no row where nothing is known.
   */
  lastSql(dealId: string, now: string): string {
    return `
      SELECT y.at, y.date_precision, date_trunc('milliseconds', y.latest) AS latest FROM (
        SELECT x.at, x.date_precision, least(${END_OF_DATE}, greatest(x.at, x.written_at), ${now}) AS latest
        FROM (${this.sources.map((source) => source(dealId)).join(' UNION ALL ')}) x (at, date_precision, written_at)
        WHERE x.at <= ${now}) y
      ORDER BY y.latest DESC, y.at DESC LIMIT 1`;
  }
}

/** A date that is known by its year alone may have been any day of it. */
const END_OF_DATE = `CASE WHEN x.date_precision IN ('day', 'month', 'year')
  THEN (x.at AT TIME ZONE 'UTC' + ('1 ' || x.date_precision)::interval) AT TIME ZONE 'UTC' ELSE x.at END`;

/** SQL of when a date of a row was last written down, by SQL of the field's name: other fields may be edited without anybody moving. */
export const writtenAtSql = (row: string, field: string): string => `coalesce(
  (SELECT max(w.at) FROM audit_entries w WHERE w.about_id = ${row}.id AND w.after ? ${field}), ${row}.updated_at)`;

/** SQL of what took place of the side meetings with a deal that are nobody's secret. */
const meetingsOf = (dealId: string): string => `side_meetings m
  WHERE m.deal_id = ${dealId} AND m.archived_at IS NULL AND m.visibility = 'internal'`;

/** SQL of the ids of the deal and of its meetings: what is done about those is done for the deal. */
const subjectsOf = (dealId: string): string => `SELECT ${dealId} UNION ALL SELECT m.id FROM ${meetingsOf(dealId)}`;

const stageChanges: DealTouchSource = (dealId) =>
  `SELECT s.at, s.date_precision, s.created_at FROM deal_stage_changes s WHERE s.deal_id = ${dealId}`;

/** Of a record that not everybody may know of, everybody may know when the touchpoint was written down. */
const touchpoints: DealTouchSource = (dealId) => `
  SELECT CASE v.visibility WHEN 'internal' THEN t.touched_at ELSE t.created_at END,
    CASE v.visibility WHEN 'internal' THEN ${touchedPrecisionSql('t', 'v')} END, t.created_at
  FROM touchpoints t JOIN records v ON v.id = t.about_id
  WHERE t.deal_id = ${dealId} AND t.archived_at IS NULL AND v.archived_at IS NULL AND (t.at IS NOT NULL OR NOT v.called_off)`;

/** A meeting that was only asked for did not take place; one without a time did, some time before it was written down. */
const meetings: DealTouchSource = (dealId) => `
  SELECT CASE m.date_precision WHEN 'window' THEN least(m.ends_at, greatest(m.starts_at, m.created_at))
    ELSE coalesce(m.starts_at, m.created_at) END, m.date_precision, m.created_at
  FROM ${meetingsOf(dealId)} AND m.status IN ('scheduled', 'held')`;

const instruments: DealTouchSource = (dealId) => `
  SELECT i.status_on::timestamp AT TIME ZONE 'UTC', i.date_precision, ${writtenAtSql('i', `'statusOn'`)} FROM instruments i
  WHERE i.deal_id = ${dealId} AND i.archived_at IS NULL AND i.status_on IS NOT NULL`;

/** A status whose day nobody knew counts when it was written down; other fields may be put right without anybody moving. */
const instrumentSteps: DealTouchSource = (dealId) => `
  SELECT e.at, NULL, e.at FROM instruments i JOIN audit_entries e ON e.about_id = i.id
  WHERE i.deal_id = ${dealId} AND i.archived_at IS NULL AND e.after ? 'status' AND e.after ->> 'statusOn' IS NULL`;

/** What somebody has promised, and what was kept of it; that a promise is broken or forgiven moves nothing. */
const promises: DealTouchSource = (dealId) => `
  SELECT e.at, NULL, e.at FROM commitments c JOIN records v ON v.id = c.id
  CROSS JOIN LATERAL (VALUES (c.created_at), (CASE c.status WHEN 'kept' THEN c.settled_at END)) e (at)
  WHERE c.about_id IN (${subjectsOf(dealId)}) AND c.archived_at IS NULL AND v.visibility = 'internal' AND e.at IS NOT NULL`;

/** That somebody has ticked off the task of a stall is no touch. */
const tasks: DealTouchSource = (dealId) => `
  SELECT t.completed_at, NULL, t.completed_at FROM tasks t JOIN records v ON v.id = t.id
  WHERE t.about_id IN (${subjectsOf(dealId)}) AND t.status = 'done' AND t.archived_at IS NULL AND v.visibility = 'internal'
    AND NOT EXISTS (SELECT FROM deal_stalls s WHERE s.task_id = t.id)`;

const OWN = [stageChanges, touchpoints, meetings, instruments, instrumentSteps, promises, tasks];
