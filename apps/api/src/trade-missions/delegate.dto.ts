import { OmitType, PartialType } from '@nestjs/swagger';
import {
  DELEGATE_ROLES,
  DELEGATE_STATUSES,
  type DelegateRole,
  type DelegateStatus,
  VISA_STATUSES,
  type VisaStatus,
} from '#trade-missions';
import { EventTimeText } from '../calendar/event-time.dto.js';
import { OverrideDto } from '../calendar/override.dto.js';
import { Nested, Nullable, OneOf, Optional, Reference, Text, TimeZone } from '../http/fields.js';
import { PlannedMessageDto } from '../messaging/planned-message.dto.js';

export class CreateDelegateDto {
  /** Who travels; a person once per mission */
  @Reference()
  personId: string;

  /** For whom they travel. Left out: where they work now, if that is one organization; null: for nobody */
  @Nullable()
  @Reference()
  organizationId?: string | null;

  /** delegate unless given; one head at most among those who take part */
  @Optional()
  @OneOf(DELEGATE_ROLES)
  role?: DelegateRole;

  /** nominated unless given; declined and withdrawn hold nothing, all others are booked for the itinerary */
  @Optional()
  @OneOf(DELEGATE_STATUSES)
  status?: DelegateStatus;

  /** not_started unless given */
  @Optional()
  @OneOf(VISA_STATUSES)
  visaStatus?: VisaStatus;

  /**
   * Instant, or local time in timeZone; at most 14 days from the mission
   * @example '2026-03-08T21:40'
   */
  @Nullable()
  @EventTimeText()
  arrivesAt?: string | null;

  /**
   * After the arrival
   * @example '2026-03-15T09:05'
   */
  @Nullable()
  @EventTimeText()
  departsAt?: string | null;

  /** IANA zone in which local times are read; the mission's unless given */
  @Optional()
  @TimeZone()
  timeZone?: string;

  /** What they do not eat */
  @Nullable()
  @Text(500)
  dietary?: string | null;

  @Nullable()
  @Text(10_000)
  notes?: string | null;

  /** Books them for the itinerary although they are booked elsewhere */
  @Optional()
  @Nested(() => OverrideDto)
  override?: OverrideDto;
}

export class UpdateDelegateDto extends PartialType(OmitType(CreateDelegateDto, ['personId']), {
  skipNullProperties: false,
}) {}

export class MeetingAheadDto {
  id: string;
  title: string;
  /** RFC 3339, UTC */
  startsAt: string;
}

export class DelegateDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  missionId: string;
  /** Who travels */
  personId: string;
  fullName: string;
  /** For whom they travel */
  organizationId: string | null;
  /** Name of the organization */
  organization: string | null;
  /** head, delegate, observer, interpreter or escort */
  role: string;
  /** nominated, invited, accepted, confirmed, declined or withdrawn */
  status: string;
  /** not_required, not_started, letter_issued, submitted, approved or refused */
  visaStatus: string;
  /** RFC 3339, UTC */
  arrivesAt: string | null;
  departsAt: string | null;
  /** What clocks in timeZone show */
  arrivesAtLocal: string | null;
  departsAtLocal: string | null;
  /** IANA zone of the mission */
  timeZone: string;
  dietary: string | null;
  notes: string | null;
  /** Came of an invitation that was accepted, and goes with it */
  byAnswer: boolean;
  /** With include=person: {id, fullName, email, phone, country} */
  person?: object;
  /** With include=milestones: {id, kind, title, dueAt, doneAt} of each, the first due first */
  milestones?: object[];
}

export class DelegateDetailDto extends DelegateDto {
  /** Scheduled meetings about the mission that they are to take part in: whoever leaves stays in these until staff re-plan or cancel them */
  meetingsAhead: MeetingAheadDto[];
}

export class NewDelegateDto extends DelegateDto {
  /** What will be sent: reminders of the mission, by the rules */
  plannedMessages: PlannedMessageDto[];
}

class LackingDto {
  /** Of the delegate */
  id: string;
  fullName: string;
}

class VisaAtRiskDto extends LackingDto {
  visaStatus: string;
}

class OverdueDto extends LackingDto {
  /** {id, kind, title, dueAt} of each, the first due first */
  milestones: object[];
}

/** How far a mission is prepared; lists are of those who take part */
export class MissionReadinessDto {
  missionId: string;
  /** YYYY-MM-DD */
  startsOn: string;
  /** Days until it begins, by the clocks of its zone; negative afterwards */
  daysToStart: number;
  /** Delegates by status, {status: count}; a status that nobody has is left out */
  delegates: object;
  /** Those who take part by visaStatus */
  visas: object;
  /** Hosts by status */
  hosts: object;
  /** Whose visa is neither approved nor not_required although the mission begins in less than 30 days, or has begun */
  visasAtRisk: VisaAtRiskDto[];
  /** Whose milestones have passed and are not done */
  overdue: OverdueDto[];
  /** Whose visa is not started, and no letter is issued: neither by visaStatus nor by a milestone invitation_letter that is done */
  withoutLetter: LackingDto[];
  /** Whom no mail can reach */
  withoutAddress: LackingDto[];
}
