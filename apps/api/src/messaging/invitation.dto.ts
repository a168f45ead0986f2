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

/**
 * Added up: the people named, whoever works at the organizations named, the registered, and whoever fits all of
 * tierCodes, sectors and countries that are given (any one of several in each). Archived people are never among them;
 * at most 50,000 in all
 */
export class AudienceDto {
  /** Ids of people, at most 1,000 */
  @Optional()
  @References()
  personIds?: string[];

  /** Everybody who holds a title there now */
  @Optional()
  @References()
  organizationIds?: string[];

  /** Members of today in one of these tiers, and who works at one; an unknown tier is 422 */
  @Optional()
  @Lines(40)
  tierCodes?: string[];

  /** People of organizations in one of these sectors, by code or name; an unknown sector is 422 */
  @Optional()
  @Lines(60)
  sectors?: string[];

  /** ISO 3166-1 alpha-2 of the organization, or of the person where there is none */
  @Optional()
  @Lines(2)
  @Country(true)
  countries?: string[];

  /** Everybody with a place at the conference, or at the conference of the session, or who is a delegate of the mission that people are invited to; for nothing else */
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

  /**
   * Instant at which the mails go out; now unless given. Where it falls into the night (21:00–08:00) of a recipient whose
   * zone is known, theirs goes the evening before, or in the morning if that is before respondBy and the event
   */
  @Nullable()
  @Instant()
  sendAt?: string | null;

  /** Durations of up to a year after the sending (ISO 8601, at most 5) at which whoever has not answered is asked again; none after respondBy */
  @Optional()
  @Lines(40, 5)
  nudges?: string[];

  /** Say who would be invited, write nothing */
  @Optional()
  @IsBoolean()
  dryRun?: boolean;
}

export class InvitationCountsDto {
  invited: number;
  /** Were invited to this before, and not withdrawn */
  alreadyInvited: number;
  /** Asked not to be mailed */
  suppressed: number;
  /** Have no address that mail could go to */
  noEmail: number;
}

export class InvitationPreviewDto {
  personId: string;
  name: string;
  email: string | null;
  /** invited, alreadyInvited, suppressed or noEmail */
  verdict: string;
  /** When the mail would go out; null where none would */
  sendAt: string | null;
}

export class InvitationPreviewsDto {
  /** The first 200 of the audience, by name; the counts are of all */
  data: InvitationPreviewDto[];
}

export class InvitationRoundDto {
  /** All mails of this round, as filter[batchId] of messages and invitations; whoever is left out has a row there too, with the reason */
  batchId: string;
  counts: InvitationCountsDto;
  /** Of those invited: whose mail waits for the morning where they are */
  delayed: number;
  /** Of a dry run only */
  preview?: InvitationPreviewsDto;
}

export class UpdateInvitationDto {
  /** Instant until which an answer is asked for; null: no longer by any */
  @Nullable()
  @Instant()
  respondBy?: string | null;
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
