import { knownText } from '#agreements';
import type { Brief, BriefedEvent, Events, LastContact } from '#briefs';
import { momentText } from '#deals';
import { presentEventTime } from '../calendar/event-time.presenter.js';
import { instant } from '../http/format.js';
import type { BriefEventDto, BriefEventsDto, BriefLastContactDto, BriefStandingDto } from './brief-events.dto.js';
import type {
  BriefAgreementDto,
  BriefDealDto,
  BriefMembershipDto,
  BriefOrganizationDto,
  BriefPersonDto,
  BriefTaskDto,
  OrganizationBriefDto,
  PersonBriefDto,
} from './brief.dto.js';

/** Throws when it is no organization’s. */
export function presentOrganizationBrief(brief: Brief): OrganizationBriefDto {
  if (!brief.organization) throw new Error('This brief is of no organization.');
  return { organization: presentOrganization(brief.organization), ...presentBrief(brief) };
}

/** Throws when it is no person’s. */
export function presentPersonBrief(brief: Brief): PersonBriefDto {
  if (!brief.person) throw new Error('This brief is of no person.');
  return { person: presentPerson(brief.person), ...presentBrief(brief) };
}

const presentBrief = (brief: Brief) => ({
  generatedAt: instant(brief.madeAt),
  preparedFor: brief.preparedFor,
  scope: brief.scope,
  warnings: brief.warnings,
  lastContact: brief.lastContact && presentContact(brief.lastContact),
  staleness: presentStanding(brief.standing),
  past: presentEvents(brief.past),
  upcoming: presentEvents(brief.upcoming),
  unlogged: presentEvents(brief.unlogged),
  commitments: {
    byUs: presentPromises(brief.commitments.byUs),
    byThem: presentPromises(brief.commitments.byThem),
    byOthers: presentPromises(brief.commitments.byOthers),
  },
  deals: { ...brief.deals, data: brief.deals.data.map(presentDeal) },
  agreements: { ...brief.agreements, data: brief.agreements.data.map(presentAgreement) },
  tasks: { ...brief.tasks, data: brief.tasks.data.map(presentTask) },
});

const presentOrganization = (row: NonNullable<Brief['organization']>): BriefOrganizationDto => ({
  id: row.id,
  ...(row.archivedAt && { archivedAt: instant(row.archivedAt) }),
  name: row.name,
  legalName: row.legalName,
  kind: row.kind,
  country: row.country,
  website: row.website,
  sectors: row.sectors,
  aliases: row.aliases,
  tags: row.tags,
  notes: row.notes,
  parent: row.parent,
  children: { ...row.children, data: row.children.data.map(({ id, name, kind }) => ({ id, name, kind })) },
  memberships: row.memberships.map(presentMembership),
  contacts: {
    ...row.contacts,
    data: row.contacts.data.map(({ id, fullName, honorific, nativeName, country, email, phone, primary, titles }) => ({
      ...{ id, fullName, honorific, nativeName, country, email, phone, primary, titles },
    })),
  },
});

const presentPerson = (row: NonNullable<Brief['person']>): BriefPersonDto => ({
  id: row.id,
  ...(row.archivedAt && { archivedAt: instant(row.archivedAt) }),
  fullName: row.fullName,
  honorific: row.honorific,
  nativeName: row.nativeName,
  aliases: row.aliases,
  email: row.email,
  otherEmails: row.otherEmails,
  phone: row.phone,
  country: row.country,
  locale: row.locale,
  timeZone: row.timeZone,
  notes: row.notes,
  titles: row.titles,
  formerTitles: row.formerTitles,
  memberships: row.memberships.map(presentMembership),
});

type Membership = NonNullable<Brief['person']>['memberships'][number];

const presentMembership = ({ inheritedFrom = null, ...row }: Membership): BriefMembershipDto => ({
  ...row,
  inheritedFrom,
});

const presentStanding = ({ state, days, staleAfter }: Brief['standing']): BriefStandingDto => ({
  state,
  stale: state === 'stale',
  days,
  staleAfter,
});

const presentContact = (row: LastContact): BriefLastContactDto => ({
  type: row.type,
  id: row.id,
  title: row.title,
  ...presentEventTime(row),
  datePrecision: row.datePrecision,
  by: row.by,
  loggedBy: row.loggedBy,
});

const presentEvents = ({ count, sideMeetings, sessions, data }: Events): BriefEventsDto => ({
  count,
  sideMeetings,
  sessions,
  data: data.map(presentEvent),
});

const presentEvent = (row: BriefedEvent): BriefEventDto => ({
  type: row.type,
  id: row.id,
  title: row.title,
  kind: row.kind,
  status: row.status,
  ...presentEventTime(row),
  datePrecision: row.datePrecision,
  place: row.place,
  conference: row.conference,
  topics: row.topics,
  summary: row.summary,
  restricted: row.restricted,
  theirs: row.theirs,
  ours: row.ours,
  speaking: row.speaking,
});

const presentPromises = ({ count, overdue: late, data }: Brief['commitments']['byUs']) => ({
  ...{ count, overdue: late },
  data: data.map(({ id, action, owedBy, owedTo, dueFrom, dueTo, dueText, overdue, owner, source }) => ({
    ...{ id, action, owedBy, owedTo, dueFrom, dueTo, dueText, overdue, owner, source },
  })),
});

const presentDeal = (row: Brief['deals']['data'][number]): BriefDealDto => ({
  id: row.id,
  title: row.title,
  kind: row.kind,
  stage: row.stage,
  stageSince: momentText({ at: row.stageSince, datePrecision: row.stagePrecision }),
  stagePrecision: row.stagePrecision,
  open: row.open,
  value: row.value,
  probability: row.probability,
  expectedCloseOn: row.expectedCloseOn,
  owner: row.owner,
  roles: row.roles,
});

const presentAgreement = (row: Brief['agreements']['data'][number]): BriefAgreementDto => ({
  id: row.id,
  title: row.title,
  kind: row.kind,
  status: row.status,
  value: row.value,
  signed: knownText({ from: row.signedFrom, to: row.signedTo, precision: row.datePrecision }),
  expiresOn: row.expiresOn,
  as: row.as,
  provenance: row.provenance,
});

const presentTask = ({
  id,
  title,
  dueAt,
  timeZone,
  overdue,
  assignee,
}: Brief['tasks']['data'][number]): BriefTaskDto => ({
  ...{ id, title, timeZone, overdue, assignee },
  dueAt: instant(dueAt),
});
