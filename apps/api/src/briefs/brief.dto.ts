import { type ProvenanceDto } from '../agreements/agreement.dto.js';
import { type LargeMoneyDto } from '../http/money.dto.js';
import { type NamedPartyDto } from '../tasks/commitment.dto.js';
import {
  type BriefEventsDto,
  type BriefLastContactDto,
  BriefNameDto,
  type BriefStandingDto,
} from './brief-events.dto.js';

export class BriefWarningDto {
  /**
   * no_contact (count: days), never_contacted, contact_undated, overdue_by_us, overdue_by_them, overdue_tasks, not_logged
   * (meetings that are over without a word), titles_without_source, old_titles, no_title
   */
  code: string;
  count: number | null;
}

/** Present title, where it was read, and why one might ask again; titles of several sources stand side by side */
export class BriefTitleDto {
  title: string;
  organizationId: string | null;
  organization: string | null;
  /** Where it was read */
  source: string | null;
  preferred: boolean;
  /** YYYY-MM-DD: when this was last written down */
  asOf: string;
  /** no_source; old: written down more than a year ago */
  doubts: string[];
}

export class BriefFormerTitleDto {
  title: string;
  organization: string | null;
  source: string | null;
  startedOn: string | null;
  endedOn: string;
}

export class BriefMembershipDto {
  id: string;
  tierCode: string;
  /** pending, current, grace, lapsed or cancelled */
  status: string;
  joinedOn: string;
  startsOn: string;
  endsOn: string;
  /** {organizationId, name} of the member, where a person has it through where they work */
  inheritedFrom: object | null;
}

export class BriefContactDto {
  id: string;
  fullName: string;
  honorific: string | null;
  nativeName: string | null;
  country: string | null;
  email: string | null;
  phone: string | null;
  /** Mails to the organization go to them */
  primary: boolean;
  titles: BriefTitleDto[];
}

export class BriefContactsDto {
  count: number;
  /** At most 20 */
  data: BriefContactDto[];
}

export class BriefRelativeDto extends BriefNameDto {
  kind: string;
}

export class BriefChildrenDto {
  count: number;
  /** At most 20, by name */
  data: BriefRelativeDto[];
}

export class BriefOrganizationDto {
  id: string;
  archivedAt?: string;
  name: string;
  legalName: string | null;
  kind: string;
  country: string | null;
  website: string | null;
  sectors: string[];
  aliases: string[];
  tags: string[];
  notes: string | null;
  parent: BriefRelativeDto | null;
  children: BriefChildrenDto;
  /** The latest first */
  memberships: BriefMembershipDto[];
  /** Who works there today */
  contacts: BriefContactsDto;
}

export class BriefPersonDto {
  id: string;
  archivedAt?: string;
  fullName: string;
  honorific: string | null;
  nativeName: string | null;
  aliases: string[];
  email: string | null;
  otherEmails: string[];
  phone: string | null;
  country: string | null;
  locale: string | null;
  timeZone: string | null;
  notes: string | null;
  /** Those held today, the preferred ones first */
  titles: BriefTitleDto[];
  /** The five given up last */
  formerTitles: BriefFormerTitleDto[];
  /** Own and inherited, the latest first */
  memberships: BriefMembershipDto[];
}

export class BriefScopeDto {
  /** Whether meetings, promises, deals, agreements and tasks of subsidiaries, and of theirs, are among those of the organization */
  subsidiaries: boolean;
  /** How many organizations are counted, itself among them; 0 for a person, who is counted alone */
  organizations: number;
}

export class BriefCommitmentDto {
  id: string;
  action: string;
  owedBy: NamedPartyDto;
  owedTo: NamedPartyDto;
  dueFrom: string | null;
  dueTo: string | null;
  /** The words in which it was promised */
  dueText: string | null;
  overdue: boolean;
  /** User who watches it */
  owner: BriefNameDto | null;
  source: string | null;
}

export class BriefPromisesDto {
  count: number;
  overdue: number;
  /** At most 20, the earliest due first */
  data: BriefCommitmentDto[];
}

export class BriefCommitmentsDto {
  /** What the chamber promised them: organizations of kind chamber, and who works there */
  byUs: BriefPromisesDto;
  /** What they promised, to whomever */
  byThem: BriefPromisesDto;
  /** What third parties promised them */
  byOthers: BriefPromisesDto;
}

export class BriefDealRoleDto {
  role: string;
  organizationId: string;
  organization: string;
  /** Whom to speak to there */
  personId: string | null;
  person: string | null;
}

export class BriefDealDto {
  id: string;
  title: string;
  kind: string;
  stage: string;
  /** Instant, or date where no more is known */
  stageSince: string;
  stagePrecision: string | null;
  open: boolean;
  value: LargeMoneyDto | null;
  /** In percent */
  probability: number;
  expectedCloseOn: string | null;
  owner: BriefNameDto | null;
  /** Their parts in it */
  roles: BriefDealRoleDto[];
}

export class BriefDealsDto {
  count: number;
  /** Not closed */
  open: number;
  /** At most 20, open ones first */
  data: BriefDealDto[];
}

export class BriefAgreementDto {
  id: string;
  title: string;
  kind: string;
  status: string;
  value: LargeMoneyDto | null;
  /** As far as it is known: 2026-03-11, 2026-03, 2026 or 2026-03-01/2026-03-11 */
  signed: string | null;
  expiresOn: string | null;
  /** party, signatory or both */
  as: string[];
  /** What sources say of it, word by word: often all that is known of when and where it was signed */
  provenance: ProvenanceDto[];
}

export class BriefAgreementsDto {
  count: number;
  /** At most 20, those signed last first */
  data: BriefAgreementDto[];
}

export class BriefTaskDto {
  id: string;
  title: string;
  dueAt: string | null;
  timeZone: string | null;
  overdue: boolean;
  assignee: BriefNameDto | null;
}

export class BriefTasksDto {
  count: number;
  overdue: number;
  /** At most 20, the most urgent first */
  data: BriefTaskDto[];
}

/** What to know before meeting somebody. Restricted meetings of others, and what came of them, are neither told nor counted */
class BriefDto {
  generatedAt: string;
  /** Name of the caller: what is told is what they may see */
  preparedFor: string;
  scope: BriefScopeDto;
  /** What to know before all else */
  warnings: BriefWarningDto[];
  lastContact: BriefLastContactDto | null;
  staleness: BriefStandingDto;
  /** Side meetings held, and sessions at which they spoke, the latest first */
  past: BriefEventsDto;
  /** The next first */
  upcoming: BriefEventsDto;
  /** Planned meetings that are over, and nobody wrote down whether they took place */
  unlogged: BriefEventsDto;
  /** Open promises */
  commitments: BriefCommitmentsDto;
  deals: BriefDealsDto;
  agreements: BriefAgreementsDto;
  /** Open ones about them */
  tasks: BriefTasksDto;
}

export class OrganizationBriefDto extends BriefDto {
  organization: BriefOrganizationDto;
}

export class PersonBriefDto extends BriefDto {
  person: BriefPersonDto;
}
