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

  /** Given name, where it is known for sure */
  @Nullable()
  @Line(120)
  givenName?: string | null;

  /** Family name, where it is known for sure */
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

  /** Further addresses, 20 at most; found by search and import */
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

  /** Free text for the staff */
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
  /** Name as printed */
  fullName: string;
  /** Form of address */
  honorific: string | null;
  /** Name in its own script */
  nativeName: string | null;
  /** Given name, where it is known for sure */
  givenName: string | null;
  /** Family name, where it is known for sure */
  familyName: string | null;
  /** Other names, found by search and import */
  aliases: string[];
  /** Main address, lower-case */
  email: string | null;
  /** Further addresses, lower-case */
  otherEmails: string[];
  /** International form */
  phone: string | null;
  /** Country represented, ISO 3166-1 alpha-2 */
  country: string | null;
  /** Language of mails (BCP 47) */
  locale: string | null;
  /** IANA zone in which mails speak of times */
  timeZone: string | null;
  /** Free text for the staff */
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

  /** First day, where it is known */
  @Nullable()
  @CalendarDate()
  startedOn?: string | null;

  /** Last day, not before the first */
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
  /** Whose it is */
  personId: string;
  /** Full name of the person */
  personName: string;
  /** Organization it is at or for */
  organizationId: string | null;
  /** Name of the organization */
  organizationName: string | null;
  /** Title as printed */
  title: string;
  /** First day, where it is known */
  startedOn: string | null;
  /** Last day, where it is known */
  endedOn: string | null;
  /** Where it was read */
  source: string | null;
  /** The one to use where sources disagree */
  preferred: boolean;
}
