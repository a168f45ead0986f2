import { agreementStatusSql } from '#agreements';
import { moneySql } from '#deals';

/** As answers write a moment: an instant, or the date by the clocks of the place where that is all that is known; null for none. */
export const dayOrInstantSql = (at: string, precision: string, zone: string): string => `
  CASE WHEN ${precision} IS NULL THEN replace(to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '.000Z', 'Z')
    WHEN ${precision} <> 'unknown' THEN to_char(${at} AT TIME ZONE coalesce(${zone}, 'UTC'), 'YYYY-MM-DD') END`;

/** The end of an event `w` that has one: to the minute where its start is, else its last day, unless that is all of it. */
const UNTIL = `
  CASE WHEN w.date_precision IS NULL THEN ${dayOrInstantSql('w.ends_at', 'NULL', 'NULL')}
    ELSE nullif(to_char((w.ends_at - interval '1 microsecond') AT TIME ZONE w.time_zone, 'YYYY-MM-DD'),
                to_char(w.starts_at AT TIME ZONE w.time_zone, 'YYYY-MM-DD')) END`;

/** A time nobody knows is said to be unknown. */
const eventDate = (precision: string): string => `
  w.starts_at AS moment, ${dayOrInstantSql('w.starts_at', precision, 'w.time_zone')} AS at, ${UNTIL} AS until,
  CASE WHEN w.starts_at IS NULL THEN 'unknown' ELSE ${precision} END AS date_precision, w.time_zone,
  CASE WHEN w.starts_at IS NOT NULL THEN 'start' END AS date_of`;

/** Conferences, sessions, meetings and missions keep their times with their records. */
const event = (type: string, table: string, kind: string, rank: number): string => `
  SELECT ${kind} AS kind, x.status, ${eventDate('w.date_precision')}, NULL::jsonb AS detail, ${rank} AS rank, 0 AS place
  FROM ${table} x WHERE w.type = '${type}' AND x.id = w.id`;

/** Somebody for an organization, either, or both. */
const party = (side: string): string => `
  concat_ws(', ', (SELECT title FROM records WHERE id = k.${side}_person_id), (SELECT title FROM records WHERE id = k.${side}_organization_id))`;

/** When a promise was made is stored nowhere: its record says only when it was written down. */
const COMMITMENT = `
  SELECT NULL, k.status, NULL, NULL, NULL, 'unknown', NULL, NULL, jsonb_strip_nulls(jsonb_build_object(
    'owedBy', ${party('owed_by')}, 'owedTo', ${party('owed_to')}, 'dueFrom', k.due_from, 'dueTo', k.due_to, 'dueText', k.due_text,
    'source', k.source, 'evidence', k.evidence, 'settledAt', ${dayOrInstantSql('k.settled_at', 'NULL', 'NULL')},
    'writtenDownAt', ${dayOrInstantSql('k.created_at', 'NULL', 'NULL')})), 5, 0
  FROM commitments k WHERE w.type = 'commitment' AND k.id = w.id`;

const DAY = `'YYYY-MM-DD'`;
/** Initialed is not signed: which of the two the date is, is said. */
const AGREEMENT = `
  SELECT g.kind, ${agreementStatusSql('g')}, y.day_from::timestamp AT TIME ZONE 'UTC', to_char(y.day_from, ${DAY}),
    CASE y.date_precision WHEN 'window' THEN to_char(y.day_to, ${DAY}) END, y.date_precision, NULL, y.date_of,
    jsonb_strip_nulls(jsonb_build_object('value', ${moneySql('g')}, 'expiresOn', g.expires_on,
      'initialed', CASE WHEN y.date_of = 'signed' AND g.initialed_from IS NOT NULL THEN jsonb_build_object('at', g.initialed_from,
        'datePrecision', g.initialed_precision) END, 'provenance', nullif(g.provenance, '[]'))), 6, 0
  FROM agreements g CROSS JOIN LATERAL (
    SELECT g.signed_from AS day_from, g.signed_to AS day_to, g.date_precision, 'signed' AS date_of WHERE g.signed_from IS NOT NULL
    UNION ALL SELECT g.initialed_from, g.initialed_to, g.initialed_precision, CASE WHEN g.initialed_from IS NOT NULL THEN 'initialed' END
    WHERE g.signed_from IS NULL) y
  WHERE w.type = 'agreement' AND g.id = w.id`;

const TASK = `
  SELECT NULL, t.status, t.completed_at, ${dayOrInstantSql('t.completed_at', 'NULL', 'NULL')}, NULL,
    CASE WHEN t.completed_at IS NULL THEN 'unknown' END, t.time_zone, CASE WHEN t.completed_at IS NOT NULL THEN 'completed' END,
    jsonb_strip_nulls(jsonb_build_object('note', t.completion_note)), 9, 0
  FROM tasks t WHERE w.type = 'task' AND t.id = w.id`;

const OTHER_DEAL = `
  SELECT x.kind, x.stage, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 10, 0 FROM deals x WHERE w.type = 'deal' AND x.id = w.id`;

/** What is told of a node `w`, which has the title and times of its record, and what it is sorted by: its moment, then its rank in the usual course of things. */
export const NODE_DETAILS = [
  event('conference', 'conferences', 'NULL::text', 1),
  event('trade_mission', 'trade_missions', 'x.direction', 2),
  event('session', 'conference_sessions', 'x.kind', 3),
  event('side_meeting', 'side_meetings', 'x.kind', 4),
  ...[COMMITMENT, AGREEMENT, TASK, OTHER_DEAL],
].join(' UNION ALL ');

/** The deal, its instruments and its stage changes, in the columns of NODE_DETAILS. */
export const OWN_NODES = `
  SELECT d.id::text, d.id, 'deal', d.title, d.kind, d.stage, NULL, NULL, NULL, NULL, NULL, NULL,
    jsonb_strip_nulls(jsonb_build_object('value', ${moneySql('d')})), 0, 0
  FROM deals d WHERE d.id = $1
  UNION ALL SELECT i.id::text, i.id, 'instrument', o.name, i.kind, i.status, i.status_on::timestamp AT TIME ZONE 'UTC', i.status_on::text, NULL,
    coalesce(i.date_precision, 'unknown'), NULL, CASE WHEN i.status_on IS NOT NULL THEN 'status' END,
    jsonb_strip_nulls(jsonb_build_object('providerId', i.provider_id, 'value', ${moneySql('i')}, 'note', i.note)), 7, 0
  FROM instruments i JOIN organizations o ON o.id = i.provider_id WHERE i.deal_id = $1 AND i.archived_at IS NULL
  UNION ALL SELECT s.id::text, s.id, 'stage_change', concat_ws(' → ', s.from_stage, s.to_stage), NULL, NULL, s.at,
    ${dayOrInstantSql('s.at', 's.date_precision', 'NULL')}, NULL, s.date_precision, NULL, 'change',
    jsonb_strip_nulls(jsonb_build_object('from', s.from_stage, 'to', s.to_stage, 'note', s.note, 'by', s.created_by_name)), 8, s.place
  FROM deal_stage_changes s WHERE s.deal_id = $1`;
