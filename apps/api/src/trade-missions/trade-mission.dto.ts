import { OmitType, PartialType } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import {
  HOST_STATUSES,
  type HostStatus,
  MISSION_DIRECTIONS,
  MISSION_STATUSES,
  type MissionDirection,
  type MissionStatus,
} from '#trade-missions';
import { OverrideDto } from '../calendar/override.dto.js';
import {
  CalendarDate,
  Country,
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

export class CreateTradeMissionDto {
  /** @example 'Civil nuclear reverse trade mission' */
  @Line(300)
  name: string;

  /** reverse: delegates of originCountry come to the hosts; outbound: ours go there */
  @OneOf(MISSION_DIRECTIONS)
  direction: MissionDirection;

  /** Organization that pays for it */
  @Nullable()
  @Reference()
  sponsorId?: string | null;

  /** The mission officer: user who sees to it; whoever adds the mission unless given */
  @Nullable()
  @Reference()
  ownerId?: string | null;

  @Optional()
  @Lines(60)
  sectors?: string[];

  /**
   * ISO 3166-1 alpha-2: where the delegates come from
   * @example 'AZ'
   */
  @Country()
  originCountry: string;

  /**
   * ISO 3166-1 alpha-2: where they are received
   * @example 'US'
   */
  @Country()
  hostCountry: string;

  /**
   * First day
   * @example '2027-05-03'
   */
  @CalendarDate()
  startsOn: string;

  /**
   * Last day, included; 366 days at most
   * @example '2027-05-12'
   */
  @CalendarDate()
  endsOn: string;

  /**
   * IANA zone of its days; each item of the itinerary has its own
   * @example 'America/New_York'
   */
  @TimeZone()
  timeZone: string;

  /** planned unless given; cancelled lets go of everybody */
  @Optional()
  @OneOf(MISSION_STATUSES)
  status?: MissionStatus;

  @Nullable()
  @Text(10_000)
  objectives?: string | null;
}

export class UpdateTradeMissionDto extends PartialType(CreateTradeMissionDto, { skipNullProperties: false }) {
  /** With a new startsOn: moves every item of the itinerary by as many days, times of day kept */
  @Optional()
  @IsBoolean()
  moveItinerary?: boolean;

  /** Double-books delegates on purpose who are booked elsewhere by now */
  @Optional()
  @Nested(() => OverrideDto)
  override?: OverrideDto;
}

export class TradeMissionDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  name: string;
  direction: string;
  status: string;
  sponsorId: string | null;
  ownerId: string | null;
  sectors: string[];
  /** ISO 3166-1 alpha-2 */
  originCountry: string;
  /** ISO 3166-1 alpha-2 */
  hostCountry: string;
  /** YYYY-MM-DD */
  startsOn: string;
  /** Last day, included */
  endsOn: string;
  timeZone: string;
  objectives: string | null;
  /** With include=sponsor and in the answer for one mission: {id, name, kind} */
  sponsor?: object | null;
  /** With include=owner and in the answer for one mission: {id, name} */
  owner?: object | null;
}

export class CreateHostDto {
  /** Once in each mission */
  @Reference()
  organizationId: string;

  /** Person who receives the delegates */
  @Nullable()
  @Reference()
  contactId?: string | null;

  /** proposed unless given */
  @Optional()
  @OneOf(HOST_STATUSES)
  status?: HostStatus;

  /**
   * Why this host and these delegates should meet
   * @example 'Looks for a regional partner for reactor components'
   */
  @Nullable()
  @Text(2_000)
  fitNote?: string | null;
}

export class UpdateHostDto extends PartialType(OmitType(CreateHostDto, ['organizationId']), {
  skipNullProperties: false,
}) {}

export class HostDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  missionId: string;
  organizationId: string;
  /** Name of the organization */
  organization: string;
  contactId: string | null;
  /** Full name of the contact */
  contact: string | null;
  status: string;
  fitNote: string | null;
}
