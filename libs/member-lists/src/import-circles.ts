import { type LostRow, PLANNED_ROWS } from '#imports';
import type { Database } from '#database';
import type { Plan } from './import-subject.js';

/** Whether a row says what stands above an organization. */
export const saysParent = ({ organization, link }: Plan): boolean =>
  link !== undefined || (organization?.after.parent_id ?? null) !== null;

/**
 * Rows of a batch that would put an organization above itself by now: the analysis saw no circle, so somebody has moved
 * what stands above since. Whoever asks holds the turn of those who change what stands above.
 */
export const closedCircles = (database: Database, range: unknown[]): Promise<LostRow[]> =>
  database.query<LostRow>(CLOSED, range);

const CLOSED = `
  WITH RECURSIVE said AS MATERIALIZED (
    SELECT row_number, (x.piece->>'id')::uuid AS id, (x.piece->'after'->>'parent_id')::uuid AS above
    FROM (${PLANNED_ROWS}) p, LATERAL (VALUES (plan->'organization'), (plan->'link')) x (piece)
    WHERE x.piece->'after'->>'parent_id' IS NOT NULL),
  up AS (
    SELECT row_number, id, above FROM said
    UNION SELECT up.row_number, up.id, coalesce(s.above, o.parent_id) FROM up
      LEFT JOIN said s ON s.id = up.above LEFT JOIN organizations o ON o.id = up.above
    WHERE up.above <> up.id AND coalesce(s.above, o.parent_id) IS NOT NULL)
  SELECT DISTINCT row_number AS "rowNumber", jsonb_build_object('column', NULL, 'code', 'parent_cycle',
    'message', 'Somebody has moved an organization since the analysis, so that this one would stand above itself; import the row again.') AS problem
  FROM up WHERE above = id`;
