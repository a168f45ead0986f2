import { OmitType, PartialType } from '@nestjs/swagger';
import { REGISTRATION_KINDS, type RegistrationKind, type RegistrationStatus } from '#conferences';
import { PlannedMessageDto } from '../messaging/planned-message.dto.js';
import { Line, Nullable, OneOf, Optional, Reference } from '../http/fields.js';

export class CreateRegistrationDto {
  /** Who comes */
  @Reference()
  personId: string;

  /** For whom they come */
  @Nullable()
  @Reference()
  organizationId?: string | null;

  /** attendee unless given; speakers and staff take no place and never wait */
  @Optional()
  @OneOf(REGISTRATION_KINDS)
  kind?: RegistrationKind;
}

export class UpdateRegistrationDto extends PartialType(OmitType(CreateRegistrationDto, ['personId']), {
  skipNullProperties: false,
}) {}

export class CheckInByCodeDto {
  /**
   * Code of the confirmation; case, blanks and dashes do not matter
   * @example '7K3QD-9XW2M'
   */
  @Line(40)
  code: string;
}

export class RegistrationDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  /** What they come to */
  conferenceId: string;
  /** Who comes */
  personId: string;
  /** Full name of the person */
  personName: string;
  /** For whom they come */
  organizationId: string | null;
  /** Name of the organization */
  organizationName: string | null;
  /** As what they come; speakers and staff take no place */
  kind: RegistrationKind;
  /** confirmed, waitlisted, attended or cancelled */
  status: RegistrationStatus;
  /** What the door reads; ten letters and digits */
  code: string;
  /** Place in the line from 1; null for those who do not wait */
  waitlistPosition: number | null;
  /** When they registered; the place in the line follows from it */
  registeredAt: string;
  /** When the line moved up to it */
  promotedAt: string | null;
  /** When they were let in */
  checkedInAt: string | null;
  /** When the place was given back */
  cancelledAt: string | null;
}

export class NewRegistrationDto extends RegistrationDto {
  /** What will be sent: where they stand, and reminders; nothing for a conference that is a draft, or over */
  plannedMessages: PlannedMessageDto[];
}

export class CheckInDto extends RegistrationDto {
  /** Somebody was let in with this code before */
  alreadyCheckedIn: boolean;
}
