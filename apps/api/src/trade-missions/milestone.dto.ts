import { PartialType } from '@nestjs/swagger';
import { MOST_REMINDERS } from '#tasks';
import { MILESTONE_AUDIENCES, MILESTONE_KINDS, type MilestoneAudience, type MilestoneKind } from '#trade-missions';
import { EventTimeText } from '../calendar/event-time.dto.js';
import { Instant, Line, Lines, Nullable, OneOf, Optional, TimeZone } from '../http/fields.js';
import { PlannedMessageDto } from '../messaging/planned-message.dto.js';

export class CreateMilestoneDto {
  @OneOf(MILESTONE_KINDS)
  kind: MilestoneKind;

  /**
   * What has to be done; called by its kind unless given
   * @example 'Visa interview at the embassy'
   */
  @Optional()
  @Line(300)
  title?: string;

  /**
   * Until when: an instant, or local time in timeZone
   * @example '2026-02-10T09:30'
   */
  @EventTimeText()
  dueAt: string;

  /** IANA zone in which a local time is read; the mission's unless given */
  @Optional()
  @TimeZone()
  timeZone?: string;

  /** Instant at which it was done; null: not yet */
  @Nullable()
  @Instant()
  doneAt?: string | null;

  /**
   * When people are reminded: ISO 8601 durations before dueAt, P0D to P90D, at most five; nobody is unless given
   * @example ['P7D', 'PT1H']
   */
  @Optional()
  @Lines(20, MOST_REMINDERS)
  remindBefore?: string[];

  /** Who is reminded: the delegate unless given, the mission's owner, or both */
  @Optional()
  @OneOf(MILESTONE_AUDIENCES)
  remind?: MilestoneAudience;
}

export class UpdateMilestoneDto extends PartialType(CreateMilestoneDto, { skipNullProperties: false }) {}

export class MilestoneDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  missionId: string;
  delegateId: string;
  /** Who the delegate is */
  personId: string;
  fullName: string;
  kind: string;
  title: string;
  /** RFC 3339, UTC */
  dueAt: string;
  /** What clocks in timeZone show */
  dueAtLocal: string;
  /** IANA zone of the mission */
  timeZone: string;
  doneAt: string | null;
  /** Not done, and its time has passed */
  overdue: boolean;
  remindBefore: string[];
  /** delegate, owner or both */
  remind: string;
}

export class NewMilestoneDto extends MilestoneDto {
  /** The reminders that will be sent */
  plannedMessages: PlannedMessageDto[];
}

export class NewMilestonesDto {
  /** One for each delegate who takes part and had none of the kind; of kind other, none of the title */
  data: MilestoneDto[];
  /** The reminders that will be sent */
  plannedMessages: PlannedMessageDto[];
}
