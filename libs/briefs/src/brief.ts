import type { AgreementKind, AgreementStatus, ProvenanceStatement } from '#agreements';
import type { DatePrecision } from '#conferences';
import type { DayPrecision, DealKind, DealStage, Money, PartyRole } from '#deals';
import type { OrganizationRow, PersonRow } from '#members';
import type { PaperPerson, PaperSender, PaperTitle } from '#mission-papers';
import type { SectorLabels } from '#records';
import type { NamedParty, Some } from '#tasks';
import type { Standing } from './brief-standing.js';

/** The latest, or the next, that are told; of the others it is told how many there are. */
export const MOST_EVENTS = 10;
export const MOST_ROWS = 20;

export interface Named {
  id: string;
  name: string;
}

export interface BriefedMembership {
  id: string;
  tierCode: string;
  status: string;
  /** YYYY-MM-DD */
  joinedOn: string;
  startsOn: string;
  endsOn: string;
  /** The member, where it is an organization that a person works at. */
  inheritedFrom?: { organizationId: string; name: string } | null;
}

/** A title somebody holds, where it was read, and why one might ask again. */
export type BriefedTitle = PaperTitle & { doubts: TitleDoubt[] };

/** no_source: nobody said where it was read; old: written down, or looked at, more than a year ago. */
export type TitleDoubt = 'no_source' | 'old';

export type BriefedPerson = Omit<PaperPerson, 'titles'> & { titles: BriefedTitle[] };

/** Somebody who works at the organization. */
export type BriefedContact = BriefedPerson & { email: string | null; phone: string | null; primary: boolean };

export interface BriefedOrganization extends Omit<OrganizationRow, 'parentId'> {
  parent: (Named & { kind: string }) | null;
  children: Some<Named & { kind: string }>;
  memberships: BriefedMembership[];
  /** Who works there today, whom one writes to first; subsidiaries' people are in the briefs of those. */
  contacts: Some<BriefedContact>;
}

export interface FormerTitle {
  title: string;
  organization: string | null;
  source: string | null;
  /** YYYY-MM-DD */
  startedOn: string | null;
  endedOn: string;
}

export interface BriefedIndividual extends PersonRow {
  titles: BriefedTitle[];
  /** The five given up last. */
  formerTitles: FormerTitle[];
  memberships: BriefedMembership[];
}

export interface SpokenRole {
  id: string;
  fullName: string;
  role: string;
  status: string;
  /** As the programme prints it. */
  billedTitle: string | null;
}

/** A side meeting in which they took part, or a session at which they spoke. */
export interface BriefedEvent {
  type: 'side_meeting' | 'session';
  id: string;
  title: string;
  kind: string;
  status: string;
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string;
  datePrecision: DatePrecision | null;
  place: string | null;
  conference: Named | null;
  topics: string[];
  /** What came of it, at most 2,000 letters. */
  summary: string | null;
  restricted: boolean;
  /** Theirs who took part or spoke, ten at most. */
  theirs: { id: string; fullName: string }[];
  /** Of the house, ten at most. */
  ours: { id: string; fullName: string }[];
  /** At a session: in which roles. */
  speaking: SpokenRole[];
  /** Who wrote it down. */
  loggedBy: string | null;
}

export interface Events extends Some<BriefedEvent> {
  sideMeetings: number;
  sessions: number;
}

export interface BriefedCommitment {
  id: string;
  action: string;
  owedBy: NamedParty;
  owedTo: NamedParty;
  /** YYYY-MM-DD */
  dueFrom: string | null;
  dueTo: string | null;
  /** The words in which it was promised. */
  dueText: string | null;
  overdue: boolean;
  /** User who watches it. */
  owner: Named | null;
  source: string | null;
}

export interface Promises extends Some<BriefedCommitment> {
  overdue: number;
}

export interface BriefedDeal {
  id: string;
  title: string;
  kind: DealKind;
  stage: DealStage;
  stageSince: Date;
  stagePrecision: DayPrecision | null;
  open: boolean;
  value: Money | null;
  /** In percent. */
  probability: number;
  /** YYYY-MM-DD */
  expectedCloseOn: string | null;
  owner: Named | null;
  roles: {
    role: PartyRole;
    organizationId: string;
    organization: string;
    personId: string | null;
    person: string | null;
  }[];
}

export interface Deals extends Some<BriefedDeal> {
  open: number;
}

export interface BriefedAgreement {
  id: string;
  title: string;
  kind: AgreementKind;
  status: AgreementStatus;
  value: Money | null;
  signedFrom: string | null;
  signedTo: string | null;
  datePrecision: DatePrecision;
  expiresOn: string | null;
  /** party, signatory or both */
  as: ('party' | 'signatory')[];
  /** What sources say of it, word by word: often all that is known of when and where. */
  provenance: ProvenanceStatement[];
}

export interface BriefedTask {
  id: string;
  title: string;
  dueAt: Date | null;
  timeZone: string | null;
  overdue: boolean;
  assignee: Named | null;
}

/** When one last spoke with them, and who did. */
export interface LastContact {
  type: 'side_meeting' | 'session' | 'conference';
  id: string;
  title: string;
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string;
  datePrecision: DatePrecision | null;
  /** Names of those of the house who took part. */
  by: string[];
  loggedBy: string | null;
}

export type WarningCode =
  | 'no_contact'
  | 'never_contacted'
  | 'contact_undated'
  | 'overdue_by_us'
  | 'overdue_by_them'
  | 'overdue_tasks'
  | 'not_logged'
  | 'titles_without_source'
  | 'old_titles'
  | 'no_title';

/** Something to know before all else; `count` is of days for no_contact, else of what the code names. */
export interface BriefWarning {
  code: WarningCode;
  count: number | null;
}

/** All to know before meeting somebody, as far as the reader may know. */
export interface Brief {
  madeAt: Date;
  /** Name of the reader. */
  preparedFor: string;
  party: { type: 'organization' | 'person'; id: string; name: string };
  /** Whose meetings, promises, deals and tasks are counted. */
  scope: { subsidiaries: boolean; organizations: number };
  organization: BriefedOrganization | null;
  person: BriefedIndividual | null;
  warnings: BriefWarning[];
  lastContact: LastContact | null;
  standing: Standing;
  past: Events;
  upcoming: Events;
  /** Planned, over, and nobody wrote down whether they took place. */
  unlogged: Events;
  commitments: Record<PromiseSide, Promises>;
  deals: Deals;
  agreements: Some<BriefedAgreement>;
  tasks: Some<BriefedTask> & { overdue: number };
  /** Names of sectors by code. */
  sectors: Map<string, SectorLabels>;
  sender: PaperSender;
  homeTimeZones: string[];
}

/** byUs: what the house promised them; byThem: what they promised, to whomever; byOthers: what third parties promised them. */
export type PromiseSide = 'byUs' | 'byThem' | 'byOthers';
