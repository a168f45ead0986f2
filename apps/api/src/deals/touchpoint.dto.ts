import { OmitType, PartialType } from '@nestjs/swagger';
import { IsDefined } from 'class-validator';
import { DAY_PRECISIONS, type DayPrecision, TOUCHPOINT_EFFECTS, type TouchpointEffect } from '#deals';
import { Nested, Nullable, OneOf, Optional, Text } from '../http/fields.js';
import { RecordReferenceDto } from '../records/record.dto.js';
import { PastMoment } from './moment.dto.js';

export class CreateTouchpointDto {
  /** What touched the deal: a session, a meeting, a conference, a mission, a commitment, an agreement, a task… */
  @IsDefined()
  @Nested(() => RecordReferenceDto)
  about: RecordReferenceDto;

  /** What it did for the deal; mentioned claims the least. Each once for a record */
  @OneOf(TOUCHPOINT_EFFECTS)
  effect: TouchpointEffect;

  /** What shows it */
  @Nullable()
  @Text(5_000)
  note?: string | null;

  /** A past instant, or a date. Without it: when the record takes place, also after it moves; of one that has no time, now */
  @Nullable()
  @PastMoment()
  at?: string | null;

  /** How far a date may be trusted; day unless given */
  @Optional()
  @OneOf(DAY_PRECISIONS)
  datePrecision?: DayPrecision;
}

export class UpdateTouchpointDto extends PartialType(OmitType(CreateTouchpointDto, ['about']), {
  skipNullProperties: false,
}) {}

export class TouchpointDto {
  /** Of an implicit one: the meeting's */
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  dealId: string;
  /** {type, id, title}, or {type, restricted: true} for what the caller may not see */
  about: object;
  /** originated, advanced, closed or mentioned */
  effect: string;
  /** An instant, or the date that is known (of a window its first day); null for one that nobody knows, or that the caller may not */
  at: string | null;
  /** Of a date: day, month, year, window or unknown */
  datePrecision: string | null;
  note: string | null;
  /** A side meeting with this dealId: it is a touchpoint by itself, until staff write down what it did */
  implicit: boolean;
}
