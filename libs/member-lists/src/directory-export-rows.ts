import type { ListSpec } from '#database';
import { joinList } from './list-cell.js';
import { membershipsList, organizationsList, peopleList, type PersonRow } from '#members';

type Cell = string | null;

export interface OrganizationExport {
  id: string;
  name: string;
  legalName: string | null;
  kind: string;
  country: string | null;
  website: string | null;
  parentId: string | null;
  parent: string | null;
  sectors: string[];
  aliases: string[];
  tags: string[];
  notes: string | null;
}

export interface PersonExport extends Omit<PersonRow, 'version' | 'createdAt' | 'updatedAt' | 'archivedAt'> {
  positions: {
    id: string;
    organizationId: string | null;
    organization: string | null;
    title: string;
    source: string | null;
    startedOn: string | null;
    endedOn: string | null;
    preferred: boolean;
  }[];
}

export interface MembershipExport {
  id: string;
  organizationId: string | null;
  organization: string | null;
  country: string | null;
  website: string | null;
  personId: string | null;
  person: string | null;
  email: string | null;
  tierCode: string;
  joinedOn: string;
  startsOn: string;
  endsOn: string;
  status: string;
  cancelledOn: string | null;
  cancellationReason: string | null;
}

/** Archived records are no rows of an export, whatever is asked for. */
function live<Row extends object>(
  { fields, defaultSort, search, searchKey }: Pick<ListSpec<object>, 'fields' | 'defaultSort' | 'search' | 'searchKey'>,
  rest: Pick<ListSpec<Row>, 'from' | 'id' | 'select' | 'where'>,
): ListSpec<Row> {
  const { archived: _, ...asked } = fields;
  return { fields: asked, defaultSort, search, searchKey, ...rest };
}

export const ORGANIZATIONS_HEADER = [
  ...['organizationId', 'organization', 'legalName', 'kind', 'country', 'website', 'parentId', 'parent'],
  ...['sectors', 'aliases', 'tags', 'organizationNotes'],
] as const;

export const organizationsExport = live<OrganizationExport>(organizationsList, {
  from: 'organizations o LEFT JOIN organizations u ON u.id = o.parent_id AND u.archived_at IS NULL',
  id: 'o.id',
  select: {
    id: 'o.id',
    name: 'o.name',
    legalName: 'o.legal_name',
    kind: 'o.kind',
    country: 'o.country',
    website: 'o.website',
    parentId: 'u.id',
    parent: 'u.name',
    sectors: 'o.sectors',
    aliases: 'o.aliases',
    tags: 'o.tags',
    notes: 'o.notes',
  },
  where: 'o.archived_at IS NULL',
});

export const organizationLines = (row: OrganizationExport): Cell[][] => [
  [
    ...[row.id, row.name, row.legalName, row.kind, row.country, row.website, row.parentId, row.parent],
    ...[joinList(row.sectors), joinList(row.aliases), joinList(row.tags), row.notes],
  ],
];

export const PEOPLE_HEADER = [
  ...['personId', 'contactName', 'honorific', 'nativeName', 'givenName', 'familyName', 'contactAliases', 'email'],
  ...['otherEmails', 'phone', 'contactCountry', 'locale', 'timeZone', 'contactNotes', 'positionId', 'organizationId'],
  ...['organization', 'title', 'titleSource', 'titleStartedOn', 'titleEndedOn', 'titlePreferred'],
] as const;

export const peopleExport = live<PersonExport>(peopleList, {
  from: 'people p',
  id: 'p.id',
  select: {
    id: 'p.id',
    fullName: 'p.full_name',
    honorific: 'p.honorific',
    nativeName: 'p.native_name',
    givenName: 'p.given_name',
    familyName: 'p.family_name',
    aliases: 'p.aliases',
    email: 'p.email',
    otherEmails: 'p.other_emails',
    phone: 'p.phone',
    country: 'p.country',
    locale: 'p.locale',
    timeZone: 'p.time_zone',
    notes: 'p.notes',
    positions: `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'organizationId', o.id, 'organization', o.name, 'title', x.title,
        'source', x.source, 'startedOn', x.started_on, 'endedOn', x.ended_on, 'preferred', x.preferred)
        ORDER BY x.ended_on IS NOT NULL, x.preferred DESC, x.started_on DESC NULLS LAST, x.id), '[]')
      FROM positions x LEFT JOIN organizations o ON o.id = x.organization_id
      WHERE x.person_id = p.id AND x.archived_at IS NULL AND o.archived_at IS NULL)`,
  },
  where: 'p.archived_at IS NULL',
});

export function personLines(row: PersonExport): Cell[][] {
  const person = [
    ...[row.id, row.fullName, row.honorific, row.nativeName, row.givenName, row.familyName, joinList(row.aliases)],
    ...[row.email, joinList(row.otherEmails), row.phone, row.country, row.locale, row.timeZone, row.notes],
  ];
  if (row.positions.length === 0) return [[...person, ...Array<Cell>(8).fill(null)]];
  return row.positions.map((held) => [
    ...person,
    ...[held.id, held.organizationId, held.organization, held.title, held.source, held.startedOn, held.endedOn],
    held.preferred ? 'yes' : 'no',
  ]);
}

export const MEMBERSHIPS_HEADER = [
  ...['membershipId', 'organizationId', 'organization', 'country', 'website', 'personId', 'contactName', 'email'],
  ...['tier', 'joinedOn', 'startsOn', 'endsOn', 'status', 'cancelledOn', 'cancellationReason'],
] as const;

export const membershipsExport = live<MembershipExport>(membershipsList, {
  from: `membership_statuses m LEFT JOIN organizations o ON o.id = m.organization_id LEFT JOIN people p ON p.id = m.person_id`,
  id: 'm.id',
  select: {
    id: 'm.id',
    organizationId: 'm.organization_id',
    organization: 'o.name',
    country: 'o.country',
    website: 'o.website',
    personId: 'm.person_id',
    person: 'p.full_name',
    email: 'p.email',
    tierCode: 'm.tier_code',
    joinedOn: 'm.joined_on::text',
    startsOn: 'm.starts_on::text',
    endsOn: 'm.ends_on::text',
    status: 'm.status',
    cancelledOn: 'm.cancelled_on::text',
    cancellationReason: 'm.cancellation_reason',
  },
  where: 'm.archived_at IS NULL AND coalesce(o.archived_at, p.archived_at) IS NULL',
});

export const membershipLines = (row: MembershipExport): Cell[][] => [
  [
    ...[row.id, row.organizationId, row.organization, row.country, row.website, row.personId, row.person, row.email],
    ...[row.tierCode, row.joinedOn, row.startsOn, row.endsOn, row.status, row.cancelledOn, row.cancellationReason],
  ],
];
