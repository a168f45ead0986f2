import { IsBoolean, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { LONGEST_SOLVING } from '#meeting-plans';
import { EventTimeText } from '../calendar/event-time.dto.js';
import { OverrideDto } from '../calendar/override.dto.js';
import { Items, Line, Nested, Nullable, Optional, Reference, References, TimeZone } from '../http/fields.js';

/** What lists may hold as they arrive; more than a plan takes, so that a plan that is too large is refused by its own rule. */
const MOST_SENT = 50_000;
/** Meetings at once. */
const MOST_TABLES = 500;

export class SpanDto {
  /**
   * Instant, or local time in timeZone
   * @example '2027-05-05T10:00'
   */
  @EventTimeText()
  startsAt: string;

  /** @example '2027-05-05T10:20' */
  @EventTimeText()
  endsAt: string;
}

/** A stretch of time that is cut into slots of one length */
export class SlotSeriesDto {
  /**
   * Instant, or local time in timeZone
   * @example '2027-05-05T09:00'
   */
  @EventTimeText()
  from: string;

  /** @example '2027-05-05T12:30' */
  @EventTimeText()
  to: string;

  /**
   * ISO 8601, whole minutes, up to 8 hours
   * @example 'PT20M'
   */
  @IsString()
  @MaxLength(20)
  meetingLength: string;

  /**
   * Between two slots; none unless given
   * @example 'PT5M'
   */
  @Optional()
  @IsString()
  @MaxLength(20)
  pause?: string;

  /** No slot touches these; at most 50 */
  @Optional()
  @Items(() => SpanDto, 50)
  breaks?: SpanDto[];
}

export class PlanPairDto {
  /** Id of the delegate of the mission, not of the person */
  @Reference()
  delegateId: string;

  /** Id of the host of the mission, not of the organization */
  @Reference()
  hostId: string;
}

export class PlanRequestDto extends PlanPairDto {
  /** 1 to 5; 5 is wanted most, 3 unless given */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(5)
  priority?: number;

  /** The meeting needs one of the interpreters */
  @Optional()
  @IsBoolean()
  interpreter?: boolean;
}

/** A delegate or a host, one of the two, who has no time */
export class UnavailableDto extends SpanDto {
  @Optional()
  @Reference()
  delegateId?: string;

  @Optional()
  @Reference()
  hostId?: string;
}

const AtLeastOne = () => Min(1);

export class PlanLimitsDto {
  /** Most meetings of one delegate */
  @Optional()
  @IsInt()
  @AtLeastOne()
  @Max(1000)
  perDelegate?: number;

  /** Most meetings of one host */
  @Optional()
  @IsInt()
  @AtLeastOne()
  @Max(1000)
  perHost?: number;

  /** Most meetings of one delegate one after another, with no more than 10 minutes between two */
  @Optional()
  @IsInt()
  @AtLeastOne()
  @Max(1000)
  inARow?: number;

  /** Most meetings with an interpreter at once */
  @Optional()
  @IsInt()
  @AtLeastOne()
  @Max(1000)
  interpreters?: number;

  /** Seconds the solver may take; 30 unless given. What it has then comes with a bound that proves how good it is */
  @Optional()
  @IsInt()
  @AtLeastOne()
  @Max(LONGEST_SOLVING)
  seconds?: number;
}

/** Meetings of one delegate and one host each, to be put into slots. With `replaces`, what is left out is as in that plan */
export class CreateMeetingPlanDto {
  /** IANA zone of local times, and of the meetings; the mission's unless given */
  @Optional()
  @TimeZone()
  timeZone?: string;

  /** When meetings can be held, within the days of the mission, not overlapping; at most 200 with those of series */
  @Optional()
  @Items(() => SpanDto, MOST_SENT)
  slots?: SpanDto[];

  /** Slots by the rule, besides those written out; at most 50 */
  @Optional()
  @Items(() => SlotSeriesDto, 50)
  series?: SlotSeriesDto[];

  /** Meetings at once, at most 500; as many as there are rooms unless given */
  @Optional()
  @IsInt()
  @AtLeastOne()
  @Max(MOST_TABLES)
  tables?: number;

  /** Rooms of conferences: table 1 is the first of them; accepted meetings book them */
  @Optional()
  @References(MOST_TABLES)
  roomIds?: string[];

  /**
   * Where the tables are
   * @example 'Fairmont Baku, Flame Towers'
   */
  @Nullable()
  @Line(250)
  place?: string | null;

  /** Who wants to meet whom, each pair once; at most 3,000, and 100,000 when multiplied by the slots */
  @Optional()
  @Items(() => PlanRequestDto, MOST_SENT)
  requests?: PlanRequestDto[];

  @Optional()
  @Nested(() => PlanLimitsDto)
  limits?: PlanLimitsDto;

  /** Besides what the calendar knows, and the days before a delegate arrives and after they leave; at most 1,000 */
  @Optional()
  @Items(() => UnavailableDto, 1000)
  unavailable?: UnavailableDto[];

  /** Plan that this one replaces once it is accepted: whoever declined or withdrew is left out, and as few meetings move as possible */
  @Optional()
  @Reference()
  replaces?: string;

  /** Meetings of the plan replaced that stay where they are; those that have begun do so anyhow */
  @Optional()
  @Items(() => PlanPairDto, 5_000)
  locked?: PlanPairDto[];
}

export class AcceptMeetingPlanDto {
  /** Whether those who have an address are invited to new meetings; true unless given. Whoever knows of a meeting that moves is told in any case */
  @Optional()
  @IsBoolean()
  invite?: boolean;

  @Optional()
  @Nested(() => OverrideDto)
  override?: OverrideDto;
}
