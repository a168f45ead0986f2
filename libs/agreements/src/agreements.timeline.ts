import { newestFirst, type TimelineSource } from '#records';

/** By the first day on which it may have been signed, or else initialed; else by when it was written down. */
const AT = `coalesce(coalesce(g.signed_from, g.initialed_from)::timestamp AT TIME ZONE 'UTC', g.created_at)`;

/** The precision is that of this day; where nobody knows one, what sources say stands for it. */
const DETAIL = `'kind', g.kind, 'status', g.status, 'signedFrom', g.signed_from, 'signedTo', g.signed_to,
  'datePrecision', CASE WHEN g.signed_from IS NULL THEN g.initialed_precision ELSE g.date_precision END,
  'initialedFrom', g.initialed_from, 'initialedTo', g.initialed_to, 'provenance', nullif(g.provenance, '[]')`;

/** Agreements, and what a timeline tells of one of them, whose id is `x.id`, under a name. */
interface Links {
  ids: string;
  told: string;
  as: 'as' | 'relations';
}

/** One entry for each agreement of those linked. */
const agreements = (of: string, { ids, told, as }: Links, types?: TimelineSource['of']): TimelineSource => ({
  name: `agreements_${of}`,
  ...(types && { of: types }),
  kinds: ['agreement'],
  from: newestFirst(
    `SELECT ${AT} AS at, g.id FROM (${ids}) l JOIN agreements g ON g.id = l.agreement_id WHERE g.archived_at IS NULL`,
    { g: 'SELECT * FROM agreements WHERE id = x.id' },
  ),
  where: 'true',
  at: 'x.at',
  id: 'x.id',
  about: 'g.id',
  title: 'g.title',
  detail: `jsonb_strip_nulls(jsonb_build_object(${DETAIL}, '${as}', ${told}))`,
});

const parties = (column: string): Links => ({
  ids: `SELECT agreement_id FROM agreement_parties WHERE ${column} = $1 UNION SELECT agreement_id FROM agreement_signatories WHERE ${column} = $1`,
  told: `array_remove(ARRAY[
    CASE WHEN EXISTS (SELECT FROM agreement_parties WHERE agreement_id = x.id AND ${column} = $1) THEN 'party' END,
    CASE WHEN EXISTS (SELECT FROM agreement_signatories WHERE agreement_id = x.id AND ${column} = $1) THEN 'signatory' END], NULL)`,
  as: 'as',
});

const ABOUTS: Links = {
  ids: 'SELECT DISTINCT agreement_id FROM agreement_abouts WHERE record_id = $1',
  told: 'ARRAY(SELECT relation FROM agreement_abouts WHERE agreement_id = x.id AND record_id = $1 ORDER BY position)',
  as: 'relations',
};

const OF_DEAL: Links = {
  ids: 'SELECT id AS agreement_id FROM agreements WHERE deal_id = $1',
  told: `'of_deal'::text`,
  as: 'as',
};

/** Agreements of those who are parties or sign, of deals, and of the records they are linked to. */
export const agreementTimelines = [
  agreements('of_organization', parties('organization_id'), ['organization']),
  agreements('of_person', parties('person_id'), ['person']),
  agreements('of_deal', OF_DEAL, ['deal']),
  agreements('about', ABOUTS),
];
