import { ApiProperty, IntersectionType, PartialType } from '@nestjs/swagger';
import { IsBoolean, Matches } from 'class-validator';
import { ITINERARY_KIND_FORM, ITINERARY_KINDS } from '#trade-missions';
import { EventTimeDto, EventTimeText } from '../calendar/event-time.dto.js';
import { OverrideDto } from '../calendar/override.dto.js';
import { Line, Nested, Nullable, Optional, Reference, References, Text, TimeZone } from '../http/fields.js';

export class CreateItineraryItemDto {
  /** A snake_case word of up to 40 characters; a mission may use words of its own besides those that are known */
  @Matches(ITINERARY_KIND_FORM, { message: '$property must be a snake_case word of up to 40 characters' })
  @ApiProperty({ examples: [...ITINERARY_KINDS] })
  kind: string;

  /** @example 'Briefing at the Department of Commerce' */
  @Line(300)
  title: string;

  /**
   * Instant, or local time in timeZone; from three days before the mission
   * @example '2027-05-04T10:00'
   */
  @EventTimeText()
  startsAt: string;

  /**
   * Until three days after the mission
   * @example '2027-05-04T11:30'
   */
  @EventTimeText()
  endsAt: string;

  /**
   * IANA zone of the place
   * @example 'America/New_York'
   */
  @TimeZone()
  timeZone: string;

  @Nullable()
  @Line(200)
  city?: string | null;

  @Nullable()
  @Line(300)
  address?: string | null;

  /** Host of the same mission */
  @Nullable()
  @Reference()
  hostId?: string | null;

  @Nullable()
  @Text(5_000)
  notes?: string | null;

  /** Delegates of the mission who take part; left out or null: every one who is coming; empty: nobody */
  @Nullable()
  @References(500)
  delegateIds?: string[] | null;

  /** Whether those who take part are booked; left out: no for hotel, lodging, accommodation, free_time and one_on_ones, else yes */
  @Optional()
  @IsBoolean()
  holdsPeople?: boolean;

  /** Double-books delegates on purpose */
  @Optional()
  @Nested(() => OverrideDto)
  override?: OverrideDto;
}

export class UpdateItineraryItemDto extends PartialType(CreateItineraryItemDto, { skipNullProperties: false }) {}

class ItineraryItemFieldsDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  missionId: string;
  kind: string;
  title: string;
  city: string | null;
  address: string | null;
  /** Address and city */
  place: string | null;
  hostId: string | null;
  /** {id, organizationId, organization, status} */
  host: object | null;
  notes: string | null;
  holdsPeople: boolean;
  /** Those named; null: every delegate who is coming */
  delegateIds: string[] | null;
  /** Who takes part as things are now, by name: {id, personId, fullName} */
  delegates: object[];
}

export class ItineraryItemDto extends IntersectionType(ItineraryItemFieldsDto, EventTimeDto) {}
