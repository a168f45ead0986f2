import { PartialType } from '@nestjs/swagger';
import { ArrayMinSize, IsBoolean } from 'class-validator';
import { DATE_PRECISIONS, type DatePrecision } from '#conferences';
import {
  PARTICIPANT_SIDES,
  type ParticipantSide,
  SIDE_MEETING_KINDS,
  SIDE_MEETING_STATUSES,
  type SideMeetingKind,
  type SideMeetingStatus,
  VISIBILITIES,
  type Visibility,
} from '#side-meetings';
import { EventTimeText } from '../calendar/event-time.dto.js';
import { OverrideDto } from '../calendar/override.dto.js';
import {
  Email,
  Items,
  Line,
  Lines,
  Nested,
  Nullable,
  OneOf,
  Optional,
  Reference,
  Text,
  TimeZone,
} from '../http/fields.js';
import { RecordReferenceDto } from '../records/record.dto.js';
import { MeetingCommitmentDto } from '../tasks/commitment.dto.js';
import { FollowUpDto } from '../tasks/task.dto.js';

/** Somebody who takes part: by personId, or by email, name or both */
export class ParticipantInputDto {
  @Nullable()
  @Reference()
  personId?: string | null;

  /** Main or other address of somebody in the directory */
  @Nullable()
  @Email()
  email?: string | null;

  /**
   * Found across scripts and among other names; several that fit are 422 with candidates
   * @example 'Elnur Aliyev'
   */
  @Nullable()
  @Line(300)
  name?: string | null;

  /** For whom; tells namesakes apart. The present position's organization unless given */
  @Nullable()
  @Reference()
  organizationId?: string | null;

  /** The same by name */
  @Nullable()
  @Line(300)
  organization?: string | null;

  @OneOf(PARTICIPANT_SIDES)
  side: ParticipantSide;

  /** Such as interpreter */
  @Nullable()
  @Line(120)
  role?: string | null;
}

export class AddParticipantDto extends ParticipantInputDto {
  /** Add the person, and the organization, where the directory has none of that name */
  @Optional()
  @IsBoolean()
  createMissing?: boolean;

  @Optional()
  @Nested(() => OverrideDto)
  override?: OverrideDto;
}

/** When and where a meeting is to be; what is left out stays */
export class AppointmentDto {
  /**
   * Instant, or local time in timeZone
   * @example '2026-03-10T10:00'
   */
  @Optional()
  @EventTimeText()
  startsAt?: string;

  /** At most a week after the start */
  @Optional()
  @EventTimeText()
  endsAt?: string;

  /** IANA zone of the place */
  @Optional()
  @TimeZone()
  timeZone?: string;

  @Nullable()
  @Line(300)
  location?: string | null;

  /** Room of a conference; booked with the participants */
  @Nullable()
  @Reference()
  roomId?: string | null;

  /** Double-books people on purpose */
  @Optional()
  @Nested(() => OverrideDto)
  override?: OverrideDto;
}

/** When a meeting was held, where that was not known before, and what was said */
export class HoldingDto {
  @Nullable()
  @EventTimeText()
  startsAt?: string | null;

  @Nullable()
  @EventTimeText()
  endsAt?: string | null;

  @Optional()
  @TimeZone()
  timeZone?: string;

  @Nullable()
  @OneOf(DATE_PRECISIONS)
  datePrecision?: DatePrecision | null;

  @Nullable()
  @Text(20_000)
  summary?: string | null;
}

/** What is said of a meeting itself */
export class SideMeetingFieldsDto {
  /** @example 'Courtesy call on the Ministry of Economy' */
  @Line(300)
  title: string;

  @OneOf(SIDE_MEETING_KINDS)
  kind: SideMeetingKind;

  /**
   * Instant, or local time in timeZone. Null or absent where it is not known; a scheduled meeting has both times
   * @example '2026-03-10T10:00'
   */
  @Nullable()
  @EventTimeText()
  startsAt?: string | null;

  /**
   * At most a week after the start
   * @example '2026-03-10T11:00'
   */
  @Nullable()
  @EventTimeText()
  endsAt?: string | null;

  /**
   * IANA zone of the place
   * @example 'America/New_York'
   */
  @TimeZone()
  timeZone: string;

  /** How far startsAt may be trusted; null: to the minute; unknown: there is none */
  @Nullable()
  @OneOf(DATE_PRECISIONS)
  datePrecision?: DatePrecision | null;

  @Nullable()
  @Line(300)
  location?: string | null;

  /** Room of a conference; booked while the meeting is scheduled */
  @Nullable()
  @Reference()
  roomId?: string | null;

  /** What it is about: a conference, a mission, …; at most 20 */
  @Optional()
  @Items(() => RecordReferenceDto, 20)
  about?: RecordReferenceDto[];

  /** What was talked about, by all who took part */
  @Optional()
  @Lines(300)
  topics?: string[];

  /** Codes of sectors */
  @Optional()
  @Lines(60)
  sectors?: string[];

  /** internal unless given; restricted is for its owners and managers only */
  @Optional()
  @OneOf(VISIBILITIES)
  visibility?: Visibility;

  /** What was said and agreed */
  @Nullable()
  @Text(20_000)
  summary?: string | null;

  /** Deal it belongs to */
  @Nullable()
  @Reference()
  dealId?: string | null;

  /** Double-books people on purpose */
  @Optional()
  @Nested(() => OverrideDto)
  override?: OverrideDto;
}

/** Most promises or tasks that one meeting brings. */
const MOST = 100;

export class CreateSideMeetingDto extends SideMeetingFieldsDto {
  @OneOf(SIDE_MEETING_STATUSES)
  status: SideMeetingStatus;

  /** 1 to 200 */
  @ArrayMinSize(1)
  @Items(() => ParticipantInputDto, 200)
  participants: ParticipantInputDto[];

  /** Who promised whom what; at most 100 */
  @Optional()
  @Items(() => MeetingCommitmentDto, MOST)
  commitments?: MeetingCommitmentDto[];

  /** Tasks of staff; local due times are in the meeting's zone unless they name one. At most 100 */
  @Optional()
  @Items(() => FollowUpDto, MOST)
  followUps?: FollowUpDto[];

  /** Add people and organizations that the directory does not have, by the names given */
  @Optional()
  @IsBoolean()
  createMissing?: boolean;
}

export class UpdateSideMeetingDto extends PartialType(SideMeetingFieldsDto, { skipNullProperties: false }) {}

export class SideMeetingCancellationDto {
  @Nullable()
  @Text(1000)
  reason?: string | null;
}

export class OutcomeDto {
  /** What was said and agreed */
  @Nullable()
  @Text(20_000)
  summary?: string | null;

  /** At most 100 */
  @Optional()
  @Items(() => MeetingCommitmentDto, MOST)
  commitments?: MeetingCommitmentDto[];

  /** At most 100 */
  @Optional()
  @Items(() => FollowUpDto, MOST)
  followUps?: FollowUpDto[];

  /** Deal it belongs to */
  @Nullable()
  @Reference()
  dealId?: string | null;
}
