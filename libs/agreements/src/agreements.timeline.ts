import { newestFirst, type TimelineSource } from '#records';

/** By the first day on which it may have been signed, or else initialed; else by when it was written down. */
const AT = `coalesce(coalesce(g.signed_from, g.initialed_from)::timestamp AT TIME ZONE 'UTC', g.created_at)`;

const DETAIL = `'kind', g.kind, 'status', g.status, 'signedFrom', g.signed_from, 'signedTo', g.signed_to, 'datePrecision', g.date_precision,
  'initialedFrom', g.initialed_from, 'initialedTo', g.initialed_to`;

/** One entry for each agreement of those that `links` finds, with what it tells of them under the name `told`. */
const agreements = (of: string, links: string, told: string, types?: TimelineSource['of']): TimelineSource => ({
  name: `agreements_${of}`,
  ...(types && { of: types }),
  kinds: ['agreement'],
  from: newestFirst(
    `SELECT ${AT} AS at, g.id, l.told FROM (${links}) l JOIN agreements g ON g.id = l.agreement_id WHERE g.archived_at IS NULL`,
    { g: 'SELECT * FROM agreements WHERE id = x.id' },
  ),
  where: 'true',
  at: 'x.at',
  id: 'x.id',
  about: 'g.id',
  title: 'g.title',
  detail: `jsonb_strip_nulls(jsonb_build_object(${DETAIL}, '${told}', x.told))`,
});

const parties = (column: string): string => `
  SELECT agreement_id, to_jsonb(array_agg(DISTINCT side)) AS told FROM (
    SELECT agreement_id, 'party' AS side FROM agreement_parties WHERE ${column} = $1
    UNION ALL SELECT agreement_id, 'signatory' FROM agreement_signatories WHERE ${column} = $1) l GROUP BY agreement_id`;

const ABOUTS = `
  SELECT agreement_id, to_jsonb(array_agg(relation ORDER BY position)) AS told FROM agreement_abouts WHERE record_id = $1 GROUP BY agreement_id`;

const OF_DEAL = `SELECT id AS agreement_id, '"of_deal"'::jsonb AS told FROM agreements WHERE deal_id = $1`;

/** Agreements of those who are parties or sign, of deals, and of the records they are linked to. */
export const agreementTimelines = [
  agreements('of_organization', parties('organization_id'), 'as', ['organization']),
  agreements('of_person', parties('person_id'), 'as', ['person']),
  agreements('of_deal', OF_DEAL, 'as', ['deal']),
  agreements('about', ABOUTS, 'relations'),
];
