import { IntersectionType, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { CONFERENCE_STATUSES, type ConferenceStatus, DATE_PRECISIONS, type DatePrecision } from '#conferences';
import { EventTimeDto, EventTimeText } from '../calendar/event-time.dto.js';
import { OverrideDto } from '../calendar/override.dto.js';
import { Country, Line, Nested, Nullable, OneOf, Optional, Reference, Text, TimeZone } from '../http/fields.js';

export class CreateConferenceDto {
  /** @example 'U.S.-Azerbaijan Trade and Business Conference' */
  @Line(300)
  name: string;

  /** What it is held for */
  @Nullable()
  @Text(500)
  occasion?: string | null;

  /** draft unless given; cancelled calls off every session */
  @Optional()
  @OneOf(CONFERENCE_STATUSES)
  status?: ConferenceStatus;

  /**
   * Instant, or local time in timeZone; null when not fixed or not reported
   * @example '2026-03-10T09:00'
   */
  @Nullable()
  @EventTimeText()
  startsAt?: string | null;

  /**
   * At most 366 days after the start
   * @example '2026-03-10T18:00'
   */
  @Nullable()
  @EventTimeText()
  endsAt?: string | null;

  /** How well the date is known; null means exactly. Without startsAt it is unknown */
  @Nullable()
  @OneOf(DATE_PRECISIONS)
  datePrecision?: DatePrecision | null;

  /**
   * IANA zone of the place
   * @example 'America/New_York'
   */
  @TimeZone()
  timeZone: string;

  @Nullable()
  @Line(300)
  venue?: string | null;

  @Nullable()
  @Line(200)
  city?: string | null;

  /** ISO 3166-1 alpha-2 */
  @Nullable()
  @Country()
  country?: string | null;

  /** People it can take, 1–1,000,000 */
  @Nullable()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  capacity?: number | null;

  /** Organization that holds it */
  @Nullable()
  @Reference()
  organizerId?: string | null;
}

export class UpdateConferenceDto extends PartialType(CreateConferenceDto, { skipNullProperties: false }) {
  /** With a new start: moves every session as far on the clock as the conference moves */
  @Optional()
  @IsBoolean()
  moveSessions?: boolean;

  /** Lets people be double-booked whom a new time or venue puts in two places; rooms are refused all the same */
  @Optional()
  @Nested(() => OverrideDto)
  override?: OverrideDto;
}

class ConferenceFieldsDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  name: string;
  occasion: string | null;
  status: string;
  /** Null means exact */
  datePrecision: string | null;
  venue: string | null;
  city: string | null;
  country: string | null;
  capacity: number | null;
  organizerId: string | null;
  /** With include=organizer: {id, name, kind} */
  organizer?: object | null;
  /**
   * Of one conference only: iCalendar feed of its programme (RFC 5545), for anybody with this address to subscribe to;
   * null while it is a draft, or archived
   */
  agendaFeedUrl?: string | null;
}

export class ConferenceDto extends IntersectionType(ConferenceFieldsDto, EventTimeDto) {}

export class CreateRoomDto {
  /**
   * Unique within its conference, without regard to case
   * @example 'Grand Ballroom'
   */
  @Line(200)
  name: string;

  /** Seats, 1–1,000,000 */
  @Nullable()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  capacity?: number | null;
}

export class UpdateRoomDto extends PartialType(CreateRoomDto, { skipNullProperties: false }) {}

export class RoomDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  conferenceId: string;
  name: string;
  capacity: number | null;
}
