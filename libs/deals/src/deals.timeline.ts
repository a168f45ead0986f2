import { guardedBy, newestFirst, type RecordType, type TimelineSource } from '#records';
import { IMPLICIT } from './touchpoint.sql.js';

/** Records of something that happened, or is to: what may show a step of a deal. */
const WITNESSES: readonly RecordType[] = [
  'conference',
  'session',
  'side_meeting',
  'trade_mission',
  'agreement',
  'commitment',
  'task',
];

const partyDeals = (column: string): string =>
  `deal_id IN (SELECT deal_id FROM deal_parties WHERE ${column} = $1 AND archived_at IS NULL)`;

/** For which types of record a source is, and which rows of its table concern such a record by any of these conditions. */
interface Concern {
  of: readonly RecordType[];
  by: string[];
}

/** What of a deal is told to the deal, to its parties, to whom one speaks to there, and to whatever the row itself points at. */
const told = (pointing: string[], { provider = [], mission = [] }: Record<string, string[]> = {}): Concern[] => [
  { of: ['deal'], by: ['deal_id = $1', ...pointing.map(pointsBy)] },
  { of: ['organization'], by: [partyDeals('organization_id'), ...[...pointing, ...provider].map(pointsBy)] },
  { of: ['person'], by: [partyDeals('person_id'), ...pointing.map(pointsBy)] },
  { of: WITNESSES, by: [...pointing, ...mission].map(pointsBy) },
];

const pointsBy = (column: string): string => `${column} = $1`;

/** Few sources make a quick page: a row that concerns a record in several ways is of one source, and told once. */
const concerning = (
  table: string,
  { of, by }: Concern,
  keys: string,
  looks: Record<string, string>,
): Pick<TimelineSource, 'name' | 'of' | 'from' | 'at' | 'id'> => ({
  name: `${table}_of_${of[0]}`,
  of,
  from: newestFirst(by.map((condition) => `SELECT ${keys} WHERE ${condition}`).join(' UNION '), looks),
  at: 'x.at',
  id: 'x.id',
});

const DEAL = 'SELECT id, title, archived_at FROM deals WHERE id =';

/** Steps of a deal. */
const stageChanges = (concern: Concern): TimelineSource => ({
  ...concerning('deal_stage_changes', concern, 'at, id FROM deal_stage_changes', {
    s: 'SELECT * FROM deal_stage_changes WHERE id = x.id',
    d: `${DEAL} s.deal_id`,
  }),
  kinds: ['stage_change'],
  where: 'd.archived_at IS NULL',
  about: 'd.id',
  title: 'd.title',
  detail: `jsonb_strip_nulls(jsonb_build_object('from', s.from_stage, 'to', s.to_stage, 'note', s.note, 'datePrecision', s.date_precision))`,
  actor: 's.created_by_name',
});

const TOUCHED = `touched_at AS at, id FROM (SELECT * FROM touchpoints WHERE archived_at IS NULL) t`;

/** What touched a deal: on the record's timeline it leads to the deal, on all others to the record. */
const touchpoints = (concern: Concern): TimelineSource => {
  const looks = { t: 'SELECT * FROM touchpoints WHERE id = x.id', d: `${DEAL} t.deal_id` };
  const { from, ...keys } = concerning('touchpoints', concern, TOUCHED, looks);
  return {
    ...keys,
    from: from + guardedBy('t.about_id'),
    kinds: ['touchpoint'],
    where: 'd.archived_at IS NULL',
    about: 'CASE WHEN t.about_id = $1 THEN t.deal_id ELSE t.about_id END',
    detail: `jsonb_strip_nulls(jsonb_build_object('effect', t.effect, 'note', t.note, 'dealId', d.id, 'deal', d.title))`,
    visible: (may) => may('v'),
  };
};

const GRANTED = `coalesce(status_on::timestamp AT TIME ZONE 'UTC', created_at) AS at, id
  FROM (SELECT * FROM instruments WHERE archived_at IS NULL) i`;

const instruments = (concern: Concern): TimelineSource => ({
  ...concerning('instruments', concern, GRANTED, {
    i: 'SELECT * FROM instruments WHERE id = x.id',
    d: `${DEAL} i.deal_id`,
    o: 'SELECT name FROM organizations WHERE id = i.provider_id',
  }),
  kinds: ['instrument'],
  where: 'd.archived_at IS NULL',
  about: 'd.id',
  title: 'd.title',
  detail: `jsonb_strip_nulls(jsonb_build_object('instrumentId', i.id, 'kind', i.kind, 'status', i.status, 'provider', o.name,
      'amount', i.amount::text, 'currency', i.currency,
      'datePrecision', CASE WHEN i.status_on IS NULL THEN 'unknown' ELSE i.date_precision END))`,
});

const parties = (of: 'deal' | 'organization' | 'person', column: string, about: string): TimelineSource => ({
  name: `deal_parties_of_${of}`,
  of: [of],
  kinds: ['deal_party'],
  from: newestFirst(`SELECT created_at AS at, id FROM deal_parties WHERE ${column} = $1 AND archived_at IS NULL`, {
    p: 'SELECT * FROM deal_parties WHERE id = x.id',
    d: 'SELECT id, stage, archived_at FROM deals WHERE id = p.deal_id',
  }),
  where: 'd.archived_at IS NULL',
  at: 'x.at',
  id: 'x.id',
  about,
  // Since when they have a part is stored nowhere: this is when it was written down.
  detail: `jsonb_strip_nulls(jsonb_build_object('role', p.role, 'note', p.note, 'dealId', d.id, 'stage', d.stage,
    'datePrecision', 'unknown'))`,
});

/** Side meetings with a deal: on its timeline the meeting, on the meeting's the deal. Those that staff wrote down are told as touchpoints. */
const meetings = (of: 'deal' | 'side_meeting', column: string, about: string): TimelineSource => ({
  name: `meetings_with_deal_of_${of}`,
  of: [of],
  kinds: [of === 'deal' ? 'side_meeting' : 'touchpoint'],
  from: 'side_meetings m JOIN records v ON v.id = m.id',
  where: `m.${column} = $1 AND ${IMPLICIT}`,
  at: 'coalesce(m.starts_at, m.created_at)',
  id: 'm.id',
  about,
  detail: `jsonb_strip_nulls(jsonb_build_object('kind', m.kind, 'status', m.status, 'datePrecision', m.date_precision, 'implicit', true))`,
  visible: (may) => may('v'),
});

export const dealTimelines: TimelineSource[] = [
  ...told(['evidence_id']).map(stageChanges),
  ...told(['about_id']).map(touchpoints),
  ...told(['evidence_id'], { provider: ['provider_id'], mission: ['mission_id'] }).map(instruments),
  parties('deal', 'deal_id', 'p.organization_id'),
  parties('organization', 'organization_id', 'd.id'),
  parties('person', 'person_id', 'd.id'),
  meetings('deal', 'deal_id', 'm.id'),
  meetings('side_meeting', 'id', 'm.deal_id'),
];
