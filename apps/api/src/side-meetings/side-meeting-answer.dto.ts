import { IntersectionType } from '@nestjs/swagger';
import { EventTimeDto } from '../calendar/event-time.dto.js';
import { type PlannedMessageDto } from '../messaging/planned-message.dto.js';
import { type CommitmentDto } from '../tasks/commitment.dto.js';
import { type TaskDto } from '../tasks/task.dto.js';

export class ParticipantDto {
  id: string;
  personId: string;
  fullName: string;
  organizationId: string | null;
  /** Its name */
  organization: string | null;
  side: string;
  role: string | null;
  /** What they answered to an invitation: needs_action, accepted, tentative, declined or delegated; the last two are not expected */
  participation: string;
}

class SideMeetingPropertiesDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  title: string;
  kind: string;
  status: string;
  /** How far startsAt may be trusted; null: to the minute */
  datePrecision: string | null;
  location: string | null;
  roomId: string | null;
  /** {type, id, title} each, or {type, restricted: true} for what the caller may not see */
  about: object[];
  topics: string[];
  sectors: string[];
  visibility: string;
  /** Users who see it when it is restricted */
  ownerIds: string[];
  summary: string | null;
  dealId: string | null;
  cancellationReason: string | null;
  /** With include=participants */
  participants?: ParticipantDto[];
}

export class SideMeetingDto extends IntersectionType(SideMeetingPropertiesDto, EventTimeDto) {}

/** A meeting with all that belongs to it */
export class WholeSideMeetingDto extends SideMeetingDto {
  /** Tasks about it */
  followUps: TaskDto[];
  /** Promises made in it */
  commitments: CommitmentDto[];
}

/** One message that will go out */
/** A meeting after something was done to it */
export class ChangedSideMeetingDto extends WholeSideMeetingDto {
  /** Reminders now planned: of the meeting to its participants, of new follow-ups to their assignees */
  plannedMessages: PlannedMessageDto[];
}

export class LoggedSideMeetingDto extends ChangedSideMeetingDto {
  /** Added to the directory on the way: {people: [{id, fullName}], organizations: [{id, name}]} */
  created: object;
}
