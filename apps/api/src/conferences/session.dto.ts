import { IntersectionType, OmitType, PartialType } from '@nestjs/swagger';
import { ArrayNotEmpty, IsInt, Max, Min } from 'class-validator';
import {
  SESSION_KINDS,
  SESSION_STATUSES,
  type SessionKind,
  type SessionStatus,
  SPEAKER_ROLES,
  SPEAKER_STATUSES,
  type SpeakerRole,
  type SpeakerStatus,
} from '#conferences';
import { EventTimeDto, EventTimeText, RequiredOrNull } from '../calendar/event-time.dto.js';
import { OverrideDto } from '../calendar/override.dto.js';
import {
  Line,
  Lines,
  Nested,
  Nullable,
  OneOf,
  Optional,
  Reference,
  References,
  Text,
  TimeZone,
} from '../http/fields.js';

export class CreateSessionDto {
  /**
   * Null when not announced or not reported
   * @example 'Strengthening Bilateral Trade and Strategic Cooperation'
   */
  @RequiredOrNull()
  @Line(300)
  title: string | null;

  @OneOf(SESSION_KINDS)
  kind: SessionKind;

  /** scheduled unless given; cancelled frees room and speakers */
  @Optional()
  @OneOf(SESSION_STATUSES)
  status?: SessionStatus;

  /** Room of the same conference */
  @Nullable()
  @Reference()
  roomId?: string | null;

  /**
   * Instant, or local time; within the conference. Null for both times when not known
   * @example '2026-03-10T10:00'
   */
  @RequiredOrNull()
  @EventTimeText()
  startsAt: string | null;

  /**
   * At most a week after the start
   * @example '2026-03-10T11:30'
   */
  @RequiredOrNull()
  @EventTimeText()
  endsAt: string | null;

  /** IANA zone in which local times are read; the conference's unless given */
  @Optional()
  @TimeZone()
  timeZone?: string;

  /** Seats, 1–1,000,000 */
  @Nullable()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  capacity?: number | null;

  @Nullable()
  @Text(10_000)
  abstract?: string | null;

  @Optional()
  @Lines(200)
  topics?: string[];

  @Optional()
  @Lines(60)
  sectors?: string[];

  /** Double-books speakers on purpose */
  @Optional()
  @Nested(() => OverrideDto)
  override?: OverrideDto;
}

export class UpdateSessionDto extends PartialType(CreateSessionDto, { skipNullProperties: false }) {}

class SessionFieldsDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  conferenceId: string;
  title: string | null;
  kind: string;
  status: string;
  roomId: string | null;
  capacity: number | null;
  abstract: string | null;
  topics: string[];
  sectors: string[];
  /** With include=room and in the answer for one session: {id, name} */
  room?: object | null;
  /** With include=speakers and in the answer for one session, in order of precedence; without those who said no */
  speakers?: object[];
}

export class SessionDto extends IntersectionType(SessionFieldsDto, EventTimeDto) {}

export class CreateSpeakerDto {
  @Reference()
  personId: string;

  @OneOf(SPEAKER_ROLES)
  role: SpeakerRole;

  /** Order of precedence, 1–10,000; those without come last */
  @Nullable()
  @IsInt()
  @Min(1)
  @Max(10_000)
  order?: number | null;

  /**
   * As the programme prints it. Left out: "title, organization" of the preferred position now; null: none
   * @example 'Director, Caspian Bridge Logistics'
   */
  @Nullable()
  @Line(500)
  billedTitle?: string | null;

  /** invited unless given; declined and withdrawn free the person */
  @Optional()
  @OneOf(SPEAKER_STATUSES)
  status?: SpeakerStatus;

  /** Double-books the speaker on purpose */
  @Optional()
  @Nested(() => OverrideDto)
  override?: OverrideDto;
}

export class UpdateSpeakerDto extends PartialType(OmitType(CreateSpeakerDto, ['personId']), {
  skipNullProperties: false,
}) {}

export class SpeakerOrderDto {
  /** Speakers of the session, the first in precedence first; who has a place and is not named follows as before */
  @References(200)
  @ArrayNotEmpty()
  speakerIds: string[];
}

export class SpeakerDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  sessionId: string;
  personId: string;
  /** Full name of the person */
  name: string;
  role: string;
  order: number | null;
  billedTitle: string | null;
  status: string;
}
