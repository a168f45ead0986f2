import { PartialType } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { Line, Nullable, Optional } from '../http/fields.js';

/** How long people need between two places */
export class CreateTravelTimeDto {
  /** Absent or null for any place; compared without regard to spelling, and a place that is only said more exactly is the same */
  @Nullable()
  @Line(300)
  fromPlace?: string | null;

  /** The same for the other end; the way back takes as long */
  @Nullable()
  @Line(300)
  toPlace?: string | null;

  /**
   * ISO 8601 duration, PT0S to P1D; PT15M when absent
   * @example 'PT15M'
   */
  @Optional()
  @Line(40)
  duration?: string;

  /** True when absent; a way that is switched off is as if nothing was said of it */
  @Optional()
  @IsBoolean()
  enabled?: boolean;
}

export class UpdateTravelTimeDto extends PartialType(CreateTravelTimeDto, { skipNullProperties: false }) {}

/** How long people need between two places */
export class TravelTimeDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  /** Only where it was taken away */
  archivedAt?: string;
  /** Null for any place */
  fromPlace: string | null;
  toPlace: string | null;
  /** ISO 8601 duration */
  duration: string;
  enabled: boolean;
}
