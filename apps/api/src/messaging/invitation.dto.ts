import { IsBoolean } from 'class-validator';
import {
  Country,
  Instant,
  Line,
  Lines,
  Nested,
  Nullable,
  OneOf,
  Optional,
  Reference,
  References,
  Text,
} from '../http/fields.js';
import { AboutDto } from '../records/record.dto.js';

/** What people can be invited to. */
const INVITABLE = ['conference', 'session', 'side_meeting', 'trade_mission'] as const;
const ANSWERS = ['needs_action', 'accepted', 'tentative', 'declined', 'delegated'] as const;

export class InvitableDto {
  @OneOf(INVITABLE)
  type: (typeof INVITABLE)[number];

  @Reference()
  id: string;
}

/** People, organizations and the registered are added up; tiers, sectors and countries each narrow the rest */
export class AudienceDto {
  @Optional()
  @References()
  personIds?: string[];

  /** Everybody who holds a title there now */
  @Optional()
  @References()
  organizationIds?: string[];

  /** Members of today in one of these tiers */
  @Optional()
  @Lines(40)
  tierCodes?: string[];

  /** People of organizations in one of these sectors */
  @Optional()
  @Lines(60)
  sectors?: string[];

  /** ISO 3166-1 alpha-2 of the organization, or of the person where there is none */
  @Optional()
  @Lines(2)
  @Country(true)
  countries?: string[];

  /** Everybody with a place at the conference, or at the conference of the session, that people are invited to */
  @Optional()
  @IsBoolean()
  registered?: boolean;
}

export class InviteDto {
  /** What people are invited to */
  @Nested(() => InvitableDto)
  about: InvitableDto;

  /** Who; an empty audience is 422, never everybody */
  @Nested(() => AudienceDto)
  recipients: AudienceDto;

  /** Template of the mail; `invitation` unless given */
  @Optional()
  @Line(60)
  templateKey?: string;

  /** Instant until which an answer is asked for */
  @Nullable()
  @Instant()
  respondBy?: string | null;

  /** Instant at which the mails go out; now unless given */
  @Nullable()
  @Instant()
  sendAt?: string | null;

  /** Durations after the sending (ISO 8601, at most 5) at which whoever has not answered is asked again; none after respondBy */
  @Optional()
  @Lines(40, 5)
  nudges?: string[];

  /** Count only, write nothing */
  @Optional()
  @IsBoolean()
  dryRun?: boolean;
}

export class InvitationCountsDto {
  invited: number;
  /** Were invited to this before */
  alreadyInvited: number;
  /** Asked not to be mailed */
  suppressed: number;
  noEmail: number;
}

export class InvitationRoundDto {
  /** All mails of this round, as filter[batchId] of messages and invitations */
  batchId: string;
  counts: InvitationCountsDto;
}

export class InvitationResponseDto {
  /** Participation status (RFC 5545 §3.2.12) */
  @OneOf(ANSWERS)
  status: (typeof ANSWERS)[number];

  @Nullable()
  @Text(2_000)
  note?: string | null;
}

export class InvitationDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  about: AboutDto;
  personId: string;
  personName: string;
  batchId: string;
  status: string;
  respondBy: string | null;
  /** When its mail went out */
  sentAt: string | null;
  respondedAt: string | null;
  note: string | null;
  cancelledAt: string | null;
}
