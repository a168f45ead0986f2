import type { Actor } from '#database';
import { ofHouseSql } from '#members';
import { visibleSql } from '#records';
import { commitmentsList, DUE_GROUPS, dueGroupSql, shownAboutSql } from '#tasks';

/**
 * Parameters of both queries: $1 the time, $2 ids of the event and its parts or null, $3 the user or null, $4 whether only what is
 * nobody's, $5 the day before which it is due or null, $6 items, $7 groups. By owner also $8 the days of zones, $9 the house's zone.
 *
 * A hundred thousand rows are counted and put in order by few and narrow columns; what an item tells is read for those that are told.
 */
const filters = (about: string, owner: string): string =>
  `($2::uuid[] IS NULL OR ${about} = ANY($2)) AND ($3::uuid IS NULL OR ${owner} = $3) AND (NOT $4 OR ${owner} IS NULL)`;

/** A promise is overdue when its last day is over everywhere. */
const END_OF_WINDOW = `(c.due_to + 1)::timestamp AT TIME ZONE 'Etc/GMT+12'`;

/** Whether the house has to keep it. */
const OURS = ofHouseSql('c.owed_by_organization_id', 'c.owed_by_person_id');

const partyId = (side: string): string => `coalesce(c.${side}_organization_id, c.${side}_person_id)`;

/** Joined from the left, so that it is left out for those who may see everything. */
const PROMISES = `commitments c LEFT JOIN records v ON v.id = c.id`;
const promisesWhere = (
  actor: Actor,
): string => `c.status = 'open' AND c.archived_at IS NULL AND ${visibleSql('v', actor)}
  AND ${filters('c.about_id', 'c.owner_id')} AND ($5::date IS NULL OR c.due_to < $5)`;

const openTasks = (actor: Actor): string => `
  SELECT t.id, t.assignee_id AS owner_id, t.due_at, NULL::date AS due_to, t.due_at AS place_at,
    ${dueGroupSql('t.due_at', '$1::timestamptz', 'z.tomorrow', 'z.horizon')} AS kind
  FROM tasks t LEFT JOIN records v ON v.id = t.id LEFT JOIN users u ON u.id = t.assignee_id
  JOIN zones z ON z.name = coalesce(u.time_zone, $9)
  WHERE t.status = 'open' AND t.archived_at IS NULL AND ${visibleSql('v', actor)}
    AND ${filters('t.about_id', 't.assignee_id')} AND ($5::date IS NULL OR t.due_at < z.before)`;

/** `kind`: whose it is to keep, and whether it is overdue. */
const watched = (actor: Actor): string => `
  SELECT c.id, c.owner_id, NULL, c.due_to, ${END_OF_WINDOW},
    CASE WHEN ${OURS} THEN 'ours' ELSE 'theirs' END || CASE WHEN ${commitmentsList.select.overdue} THEN 'Overdue' ELSE '' END
  FROM ${PROMISES} WHERE ${promisesWhere(actor)}`;

const PROMISE_KINDS = ['ours', 'theirs', 'oursOverdue', 'theirsOverdue'];
const KINDS = [...DUE_GROUPS, ...PROMISE_KINDS];

/** Of rows `g` with a number for each kind; `sum` adds them up where there are several. */
const taskCounts = (sum: (column: string) => string): string =>
  `jsonb_build_object('open', ${DUE_GROUPS.map((kind) => sum(`g."${kind}"`)).join(' + ')},
    ${DUE_GROUPS.map((kind) => `'${kind}', ${sum(`g."${kind}"`)}`).join(', ')})`;
const promiseCounts = (sum: (column: string) => string): string => {
  const [ours, theirs, oursOverdue, theirsOverdue] = PROMISE_KINDS.map((kind) => sum(`g."${kind}"`));
  return `jsonb_build_object('open', ${ours} + ${theirs} + ${oursOverdue} + ${theirsOverdue},
    'overdue', ${oursOverdue} + ${theirsOverdue}, 'ours', ${ours} + ${oursOverdue}, 'theirs', ${theirs} + ${theirsOverdue})`;
};
const one = (column: string): string => column;
const all = (column: string): string => `coalesce(sum(${column}), 0)`;

const OVERDUE = 'g.overdue + g."oursOverdue" + g."theirsOverdue"';
const OPEN = KINDS.map((kind) => `g."${kind}"`).join(' + ');
const OWNERS_ORDER = `${OVERDUE} DESC, ${OPEN} DESC, g.name, g.owner_id`;

const title = (id: string): string => `(SELECT title FROM records WHERE id = ${id})`;

/** What the item with this id tells; found by the id, for there are few of them. */
const itemSql = (actor: Actor, id: string): string => `coalesce(
  (SELECT jsonb_build_object('type', 'task', 'id', t.id, 'title', t.title, 'dueAt', t.due_at, 'dueTo', NULL,
     'overdue', coalesce(t.due_at < $1::timestamptz, false), 'about', ${shownAboutSql('t.about_id', actor)}, 'owedBy', NULL, 'owedTo', NULL)
   FROM tasks t WHERE t.id = ${id}),
  (SELECT ${promiseSql(actor)} FROM commitments c WHERE c.id = ${id}))`;

const promiseSql = (actor: Actor): string => `
  jsonb_build_object('type', 'commitment', 'id', c.id, 'title', c.action, 'dueAt', NULL, 'dueTo', c.due_to,
    'overdue', ${commitmentsList.select.overdue}, 'about', ${shownAboutSql('c.about_id', actor)},
    'owedBy', ${title(partyId('owed_by'))}, 'owedTo', ${title(partyId('owed_to'))})`;

/** One row: what is open by the user who is to see to it. */
export const byOwnerSql = (actor: Actor): string => `
  WITH zones AS (SELECT * FROM jsonb_to_recordset($8::jsonb)
    AS z (name text, zone text, day date, tomorrow timestamptz, horizon timestamptz, before timestamptz)),
  work AS MATERIALIZED (${openTasks(actor)} UNION ALL ${watched(actor)}),
  counted AS (
    SELECT owner_id, ${KINDS.map((kind) => `count(*) FILTER (WHERE kind = '${kind}') AS "${kind}"`).join(', ')},
      min(due_at) AS due_at, min(due_to) AS due_to
    FROM work GROUP BY owner_id),
  named AS (
    SELECT g.*, u.name, u.archived_at IS NULL AS active, z.zone, z.day FROM counted g
    LEFT JOIN users u ON u.id = g.owner_id JOIN zones z ON z.name = coalesce(u.time_zone, $9)),
  told AS (SELECT g.* FROM named g ORDER BY ${OWNERS_ORDER} LIMIT $7),
  placed AS (
    SELECT id, owner_id, row_number() OVER (PARTITION BY owner_id ORDER BY place_at, id) AS place FROM work),
  items AS (
    SELECT i.owner_id, jsonb_agg(${itemSql(actor, 'i.id')} ORDER BY i.place) AS items
    FROM placed i WHERE i.place <= $6 GROUP BY i.owner_id)
  SELECT $1::timestamptz AS now, (SELECT count(*)::int FROM counted) AS count,
    (SELECT jsonb_build_object('tasks', ${taskCounts(all)}, 'commitments', ${promiseCounts(all)}) FROM counted g) AS totals,
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
       'owner', CASE WHEN g.owner_id IS NOT NULL THEN jsonb_build_object('id', g.owner_id, 'name', g.name, 'active', g.active) END,
       'timeZone', g.zone, 'day', g.day, 'tasks', ${taskCounts(one)}, 'commitments', ${promiseCounts(one)},
       'earliestDue', least((g.due_at AT TIME ZONE g.zone)::date, g.due_to), 'items', coalesce(i.items, '[]')) ORDER BY ${OWNERS_ORDER}), '[]')
     FROM told g LEFT JOIN items i ON i.owner_id IS NOT DISTINCT FROM g.owner_id) AS groups`;

const sideCounts = (side: string): string => `count(*) FILTER (WHERE side = '${side}') AS ${side},
  count(*) FILTER (WHERE side = '${side}' AND overdue) AS ${side}_overdue`;
const sideSql = (side: string, sum = one): string =>
  `jsonb_build_object('open', ${sum(`g.${side}`)}, 'overdue', ${sum(`g.${side}_overdue`)})`;
const PARTIES_ORDER = `g.owed_by_overdue + g.owed_to_overdue DESC, g.owed_by + g.owed_to DESC, g.title, g.party_id`;

/** One row: what is open by who has promised it, and by whom it was promised to. */
export const byCounterpartSql = (actor: Actor): string => `
  WITH work AS MATERIALIZED (
    SELECT c.id, c.due_to, ${commitmentsList.select.overdue} AS overdue, s.side, s.party_id FROM ${PROMISES}
    CROSS JOIN LATERAL (VALUES ('owed_by', ${partyId('owed_by')}), ('owed_to', ${partyId('owed_to')})) s (side, party_id)
    WHERE ${promisesWhere(actor)}),
  counted AS (
    SELECT party_id, ${sideCounts('owed_by')}, ${sideCounts('owed_to')}, min(due_to) AS due_to FROM work GROUP BY party_id),
  named AS (SELECT g.*, p.type, p.title FROM counted g JOIN records p ON p.id = g.party_id),
  told AS (SELECT g.* FROM named g ORDER BY ${PARTIES_ORDER} LIMIT $7),
  placed AS (
    SELECT id, party_id, side, row_number() OVER (PARTITION BY party_id ORDER BY due_to, id, side) AS place FROM work
    WHERE party_id IN (SELECT party_id FROM told)),
  items AS (
    SELECT i.party_id, jsonb_agg(${promiseSql(actor)} || jsonb_build_object('side', i.side,
      'owner', (SELECT name FROM users WHERE id = c.owner_id)) ORDER BY i.place) AS items
    FROM placed i JOIN commitments c ON c.id = i.id WHERE i.place <= $6 GROUP BY i.party_id)
  SELECT $1::timestamptz AS now, (SELECT count(*)::int FROM counted) AS count,
    (SELECT jsonb_build_object('commitments', ${sideSql('owed_by', all)}) FROM counted g) AS totals,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('party', jsonb_build_object('type', g.type, 'id', g.party_id, 'title', g.title),
       'owedByThem', ${sideSql('owed_by')}, 'owedToThem', ${sideSql('owed_to')}, 'earliestDue', g.due_to, 'items', coalesce(i.items, '[]'))
       ORDER BY ${PARTIES_ORDER}), '[]')
     FROM told g LEFT JOIN items i ON i.party_id = g.party_id) AS groups`;
