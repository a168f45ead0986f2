import { OmitType, PartialType } from '@nestjs/swagger';
import { PARTY_ROLES, type PartyRole } from '#deals';
import { Nullable, OneOf, Reference, Text } from '../http/fields.js';

export class CreateDealPartyDto {
  /** Once in each role */
  @Reference()
  organizationId: string;

  /** What it does in the deal */
  @OneOf(PARTY_ROLES)
  role: PartyRole;

  /** Person to speak to there */
  @Nullable()
  @Reference()
  personId?: string | null;

  @Nullable()
  @Text(5_000)
  note?: string | null;
}

export class UpdateDealPartyDto extends PartialType(OmitType(CreateDealPartyDto, ['organizationId', 'role']), {
  skipNullProperties: false,
}) {}

export class DealPartyDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  dealId: string;
  organizationId: string;
  /** Name of the organization */
  organization: string;
  personId: string | null;
  /** Full name of the person */
  person: string | null;
  role: string;
  note: string | null;
}
