import { OmitType, PartialType } from '@nestjs/swagger';
import { IsInt, Matches, Max, Min } from 'class-validator';
import { CalendarDate, Line, Nested, Nullable, Optional, Reference, Text } from '../http/fields.js';
import { MoneyDto } from '../http/money.dto.js';

export class CreateMembershipTierDto {
  /**
   * Short name used in imports and filters, unique
   * @example 'gold'
   */
  @Matches(/^[a-z0-9][a-z0-9_-]{0,39}$/, { message: 'code must be 1–40 of a–z, 0–9, _ and -' })
  code: string;

  /** Name people use */
  @Line(200)
  name: string;

  /** Dues per year; null where they are not fixed */
  @Nullable()
  @Nested(() => MoneyDto)
  annualDues?: MoneyDto | null;

  /** Days after the end for which a membership is in grace, 0–366 */
  @IsInt()
  @Min(0)
  @Max(366)
  graceDays: number;
}

export class UpdateMembershipTierDto extends PartialType(CreateMembershipTierDto, { skipNullProperties: false }) {}

export class MembershipTierDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  /** Short name used in imports and filters */
  code: string;
  /** Name people use */
  name: string;
  /** Dues per year; null where they are not fixed */
  annualDues: MoneyDto | null;
  /** Days after the end for which a membership is in grace */
  graceDays: number;
}

export class CreateMembershipDto {
  /** The member, when it is an organization */
  @Nullable()
  @Reference()
  organizationId?: string | null;

  /** The member, when it is a person */
  @Nullable()
  @Reference()
  personId?: string | null;

  /** Code of the tier */
  @Line(40)
  tierCode: string;

  /** First day as a member; the start unless given */
  @Optional()
  @CalendarDate()
  joinedOn?: string;

  /** First day of the term */
  @CalendarDate()
  startsOn: string;

  /** Last day, included */
  @CalendarDate()
  endsOn: string;
}

export class UpdateMembershipDto extends PartialType(OmitType(CreateMembershipDto, ['organizationId', 'personId']), {
  skipNullProperties: false,
}) {}

export class RenewalDto {
  /** New last day; a year on unless given */
  @Optional()
  @CalendarDate()
  endsOn?: string;
}

export class MembershipCancellationDto {
  /** Why, for the record */
  @Text(1_000)
  reason: string;
}

export class MembershipDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  /** The member, when it is an organization */
  organizationId: string | null;
  /** The member, when it is a person */
  personId: string | null;
  /** Code of the tier */
  tierCode: string;
  /** First day as a member */
  joinedOn: string;
  /** First day of the term */
  startsOn: string;
  /** Last day, included */
  endsOn: string;
  /** pending, current, grace, lapsed or cancelled, computed from the dates on each answer */
  status: string;
  /** Day of the cancellation; null while there is none */
  cancelledOn: string | null;
  /** Why it was cancelled */
  cancellationReason: string | null;
  /** {endedOn, endsOn, renewedAt}; with include=renewals and in the answer for one membership */
  renewals?: object[];
  /** {personId, fullName, email} of whom reminders go to, null where nobody there has an address; with include=reminderContact and in the answer for one membership */
  reminderContact?: object | null;
}

export class PersonMembershipDto extends MembershipDto {
  /** {organizationId, name} of the member where the person has a share in it by working there; null for their own */
  inheritedFrom: object | null;
}

export class MembershipRenewalDto {
  id: string;
  /** What was renewed */
  membershipId: string;
  /** Last day before the renewal */
  endedOn: string;
  /** Last day it moved to */
  endsOn: string;
  /** When it was renewed */
  renewedAt: string;
  /** User or API key that renewed it */
  renewedById: string | null;
}

export class MemberDto {
  /** The membership behind it */
  membershipId: string;
  /** {id, name, country}, or null where a person is the member */
  organization: object | null;
  /** {id, fullName, email}, or null where an organization is the member */
  person: object | null;
  /** {code, name} */
  tier: object;
  /** current or grace; others when filter[status] asks for them */
  status: string;
  /** Member since */
  since: string;
  /** Last day paid for */
  until: string;
  /** {personId, fullName, title, email} of the organization's first contact */
  primaryContact: object | null;
}
