import { OmitType, PartialType } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Line, Nested, Nullable, Optional } from '../http/fields.js';

/** Names of a sector; a text that is one of them, in any language, means the sector */
export class SectorLabelsDto {
  /** English */
  @Line(120)
  en: string;

  /** Azerbaijani */
  @Optional()
  @Line(120)
  az?: string;

  /** Russian */
  @Optional()
  @Line(120)
  ru?: string;

  /** Turkish */
  @Optional()
  @Line(120)
  tr?: string;
}

export class CreateSectorDto {
  /**
   * Short name that records keep, for good
   * @example 'film_industry'
   */
  @Line(60)
  code: string;

  /** All of them; a change replaces them as a whole */
  @Nested(() => SectorLabelsDto)
  labels: SectorLabelsDto;

  /**
   * Section of ISIC Rev. 4 it belongs to, A to U
   * @example 'J'
   */
  @Nullable()
  @Matches(/^[A-U]$/, { message: 'isic must be a section of ISIC Rev. 4, A to U' })
  isic?: string | null;
}

export class UpdateSectorDto extends PartialType(OmitType(CreateSectorDto, ['code'] as const), {
  skipNullProperties: false,
}) {}

export class SectorDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  /** Short name that records keep */
  code: string;
  /** Names by language */
  labels: SectorLabelsDto;
  /** Section of ISIC Rev. 4 */
  isic: string | null;
  /** Not of ISIC, so it may be changed */
  own: boolean;
  /** isic; chamber: the chamber's own; noted: a word somebody used that nobody has given labels yet */
  origin: string;
}
