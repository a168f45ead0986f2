import { PartialType } from '@nestjs/swagger';
import { IsUrl, MaxLength } from 'class-validator';
import { ORGANIZATION_KINDS, type OrganizationKind } from '#members';
import { Country, Line, Lines, Nullable, OneOf, Optional, Reference, Text } from '../http/fields.js';

export class CreateOrganizationDto {
  /**
   * Name people use
   * @example 'Caspian Bridge Logistics'
   */
  @Line(300)
  name: string;

  /** Name in the register */
  @Nullable()
  @Line(300)
  legalName?: string | null;

  /** What it is; other when nothing fits */
  @OneOf(ORGANIZATION_KINDS)
  kind: OrganizationKind;

  /**
   * ISO 3166-1 alpha-2
   * @example 'AZ'
   */
  @Nullable()
  @Country()
  country?: string | null;

  /** Address of the website, http or https */
  @Nullable()
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true },
    { message: 'website must start with http:// or https://' },
  )
  @MaxLength(300)
  website?: string | null;

  /** Organization above this one */
  @Nullable()
  @Reference()
  parentId?: string | null;

  /** Sectors by code, or by label in any language; a word the list does not know is kept and added to it */
  @Optional()
  @Lines(60)
  sectors?: string[];

  /** Other names and acronyms, found by search and import */
  @Optional()
  @Lines(300)
  aliases?: string[];

  /** Free labels */
  @Optional()
  @Lines(60)
  tags?: string[];

  /** Free text for the staff */
  @Nullable()
  @Text(10_000)
  notes?: string | null;
}

export class UpdateOrganizationDto extends PartialType(CreateOrganizationDto, { skipNullProperties: false }) {}

export class OrganizationDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  /** Name people use */
  name: string;
  /** Name in the register */
  legalName: string | null;
  /** What it is: company, ministry, embassy… */
  kind: string;
  /** ISO 3166-1 alpha-2 */
  country: string | null;
  /** Address of the website */
  website: string | null;
  /** Organization above it */
  parentId: string | null;
  /** With include=parent: {id, name, kind} */
  parent?: object | null;
  /** With include=children: [{id, name, kind}] */
  children?: object[];
  /** With include=memberships, the latest first: [{id, tierCode, status, joinedOn, startsOn, endsOn}] */
  memberships?: object[];
  /** Codes of sectors */
  sectors: string[];
  /** Other names, found by search and import */
  aliases: string[];
  /** Free labels */
  tags: string[];
  /** Free text for the staff */
  notes: string | null;
}
