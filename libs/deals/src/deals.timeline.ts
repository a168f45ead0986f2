import type { RecordType, TimelineSource } from '#records';
import { IMPLICIT, touchedAtSql } from './touchpoint.sql.js';

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

const OF_PARTY = 'deal_id IN (SELECT deal_id FROM deal_parties WHERE organization_id = $1 AND archived_at IS NULL)';
const OF_CONTACT = 'deal_id IN (SELECT deal_id FROM deal_parties WHERE person_id = $1 AND archived_at IS NULL)';

/** For which types of record a source is, and which rows of its table concern such a record by any of these columns. */
interface Concern {
  of: readonly RecordType[];
  by: string[];
}

/** What of a deal is told to the deal, to its parties, to whom one speaks to there, and to whatever the row itself points at. */
const told = (pointing: string[]): Concern[] => [
  { of: ['deal'], by: ['deal_id = $1', ...pointing.map(pointsBy)] },
  { of: ['organization'], by: [OF_PARTY, ...pointing.map(pointsBy)] },
  { of: ['person'], by: [OF_CONTACT, ...pointing.map(pointsBy)] },
  { of: WITNESSES, by: pointing.map(pointsBy) },
];

const pointsBy = (column: string): string => `${column} = $1`;

/** Few sources make a quick page: a row that concerns a record in several ways is of one source, and told once. */
const concerning = (
  alias: string,
  table: string,
  { of, by }: Concern,
): Pick<TimelineSource, 'name' | 'of' | 'where'> => ({
  name: `${table}_of_${of[0]}`,
  of,
  where: `${alias}.id IN (${by.map((condition) => `SELECT id FROM ${table} WHERE ${condition}`).join(' UNION ')})`,
});

/** Steps of a deal. */
const stageChanges = (concern: Concern): TimelineSource => {
  const { name, of, where } = concerning('s', 'deal_stage_changes', concern);
  return {
    ...{ name, of, where: `${where} AND d.archived_at IS NULL` },
    kinds: ['stage_change'],
    from: 'deal_stage_changes s JOIN deals d ON d.id = s.deal_id',
    at: 's.at',
    id: 's.id',
    about: 'd.id',
    title: 'd.title',
    detail: `jsonb_strip_nulls(jsonb_build_object('from', s.from_stage, 'to', s.to_stage, 'note', s.note, 'datePrecision', s.date_precision))`,
    actor: 's.created_by_name',
  };
};

/** What touched a deal: on the record's timeline it leads to the deal, on all others to the record. */
const touchpoints = (concern: Concern): TimelineSource => {
  const { name, of, where } = concerning('t', 'touchpoints', concern);
  return {
    ...{ name, of, where: `${where} AND t.archived_at IS NULL AND d.archived_at IS NULL` },
    kinds: ['touchpoint'],
    from: 'touchpoints t JOIN deals d ON d.id = t.deal_id JOIN records v ON v.id = t.about_id',
    at: touchedAtSql('t', 'v'),
    id: 't.id',
    about: 'CASE WHEN t.about_id = $1 THEN t.deal_id ELSE t.about_id END',
    detail: `jsonb_strip_nulls(jsonb_build_object('effect', t.effect, 'note', t.note, 'dealId', d.id, 'deal', d.title))`,
    visible: (may) => may('v'),
  };
};

const instruments = (concern: Concern): TimelineSource => {
  const { name, of, where } = concerning('i', 'instruments', concern);
  return {
    ...{ name, of, where: `${where} AND i.archived_at IS NULL AND d.archived_at IS NULL` },
    kinds: ['instrument'],
    from: 'instruments i JOIN deals d ON d.id = i.deal_id JOIN organizations o ON o.id = i.provider_id',
    at: `coalesce(i.status_on::timestamp AT TIME ZONE 'UTC', i.created_at)`,
    id: 'i.id',
    about: 'd.id',
    title: 'd.title',
    detail: `jsonb_strip_nulls(jsonb_build_object('instrumentId', i.id, 'kind', i.kind, 'status', i.status, 'provider', o.name,
      'amount', i.amount::text, 'currency', i.currency, 'datePrecision', i.date_precision))`,
  };
};

const parties = (of: 'deal' | 'organization' | 'person', column: string, about: string): TimelineSource => ({
  name: `deal_parties_of_${of}`,
  of: [of],
  kinds: ['deal_party'],
  from: 'deal_parties x JOIN deals d ON d.id = x.deal_id',
  where: `x.${column} = $1 AND x.archived_at IS NULL AND d.archived_at IS NULL`,
  at: 'x.created_at',
  id: 'x.id',
  about,
  detail: `jsonb_build_object('role', x.role, 'dealId', d.id, 'stage', d.stage)`,
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
  ...told(['provider_id', 'mission_id', 'evidence_id']).map(instruments),
  parties('deal', 'deal_id', 'x.organization_id'),
  parties('organization', 'organization_id', 'd.id'),
  parties('person', 'person_id', 'd.id'),
  meetings('deal', 'deal_id', 'm.id'),
  meetings('side_meeting', 'id', 'm.deal_id'),
];
