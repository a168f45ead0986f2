import { PartialType } from '@nestjs/swagger';
import { IsBoolean, Matches } from 'class-validator';
import {
  CalendarDate,
  Country,
  Email,
  EmailList,
  Line,
  Lines,
  Locale,
  Nullable,
  Optional,
  Reference,
  Text,
  TimeZone,
} from '../http/fields.js';

export class CreatePersonDto {
  /**
   * Name as printed; never split by force
   * @example 'Elnur Aliyev'
   */
  @Line(200)
  fullName: string;

  /** Form of address, such as H.E. or Dr. */
  @Nullable()
  @Line(60)
  honorific?: string | null;

  /** Name in its own script */
  @Nullable()
  @Line(200)
  nativeName?: string | null;

  @Nullable()
  @Line(120)
  givenName?: string | null;

  @Nullable()
  @Line(120)
  familyName?: string | null;

  /** Other spellings, found by search and import */
  @Optional()
  @Lines(200)
  aliases?: string[];

  /** Main address; mails go here */
  @Nullable()
  @Email()
  email?: string | null;

  @Optional()
  @EmailList()
  otherEmails?: string[];

  /** International form */
  @Nullable()
  @Matches(/^\+?[0-9 ()./-]{4,40}$/, { message: 'phone must be digits, with + in front for the country' })
  phone?: string | null;

  /** Country represented, ISO 3166-1 alpha-2 */
  @Nullable()
  @Country()
  country?: string | null;

  /** Language of mails (BCP 47) */
  @Nullable()
  @Locale()
  locale?: string | null;

  /** IANA zone in which mails speak of times */
  @Nullable()
  @TimeZone()
  timeZone?: string | null;

  @Nullable()
  @Text(10_000)
  notes?: string | null;
}

export class UpdatePersonDto extends PartialType(CreatePersonDto, { skipNullProperties: false }) {}

export class PersonDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  fullName: string;
  honorific: string | null;
  nativeName: string | null;
  givenName: string | null;
  familyName: string | null;
  aliases: string[];
  email: string | null;
  otherEmails: string[];
  phone: string | null;
  country: string | null;
  locale: string | null;
  timeZone: string | null;
  notes: string | null;
  /** With include=positions, preferred ones first */
  positions?: object[];
  /** {id, tierCode, status, joinedOn, startsOn, endsOn, inheritedFrom}, the latest first: their own, and those of the organizations they work at now; in the answer for one person and with include=memberships */
  memberships?: object[];
}

export class CreatePositionDto {
  /** Organization the title is held at; null for offices that are no organization's */
  @Nullable()
  @Reference()
  organizationId?: string | null;

  /**
   * Title as printed
   * @example 'First Deputy Minister of Economy'
   */
  @Line(300)
  title: string;

  @Nullable()
  @CalendarDate()
  startedOn?: string | null;

  @Nullable()
  @CalendarDate()
  endedOn?: string | null;

  /** Where the title was read */
  @Nullable()
  @Line(500)
  source?: string | null;

  /** The one to use where sources disagree; the first title at an organization is, unless said otherwise */
  @Optional()
  @IsBoolean()
  preferred?: boolean;
}

export class UpdatePositionDto extends PartialType(CreatePositionDto, { skipNullProperties: false }) {}

export class PositionDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  personId: string;
  personName: string;
  organizationId: string | null;
  organizationName: string | null;
  title: string;
  startedOn: string | null;
  endedOn: string | null;
  source: string | null;
  preferred: boolean;
}
