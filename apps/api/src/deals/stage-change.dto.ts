import { IsInt, Max, Min } from 'class-validator';
import { DAY_PRECISIONS, type DayPrecision, DEAL_STAGES, type DealStage, WORKING_STAGES } from '#deals';
import { Nested, Nullable, OneOf, Optional, Text } from '../http/fields.js';
import { RecordReferenceDto } from '../records/record.dto.js';
import { PastMoment } from './moment.dto.js';

/** When a deal changed its stage, and what shows it */
class StageMomentDto {
  /**
   * A past instant, or a date; not before the change before it; now unless given
   * @example '2026-03-10'
   */
  @Optional()
  @PastMoment()
  at?: string;

  /** How far a date may be trusted; day unless given */
  @Optional()
  @OneOf(DAY_PRECISIONS)
  datePrecision?: DayPrecision;

  /** The record that shows it: a meeting, an agreement, a commitment… not the deal itself. 404 where the caller may not see it */
  @Nullable()
  @Nested(() => RecordReferenceDto)
  evidence?: RecordReferenceDto | null;

  /** Percent, 0 to 100, until the next stage; that of the stage unless given. A closed deal is 100 or 0 */
  @Nullable()
  @IsInt()
  @Min(0)
  @Max(100)
  probability?: number | null;
}

export class CreateStageChangeDto extends StageMomentDto {
  /** Any other: stages may be skipped, and taken back */
  @OneOf(DEAL_STAGES)
  stage: DealStage;

  /**
   * Why; needed for closed_lost
   * @example 'The terms of reference are agreed'
   */
  @Nullable()
  @Text(5_000)
  note?: string | null;
}

export class ReopeningDto extends StageMomentDto {
  /** Where work goes on */
  @OneOf(WORKING_STAGES)
  stage: DealStage;

  /**
   * Why
   * @example 'The ministry has asked for a second offer'
   */
  @Text(5_000)
  note: string;
}

export class StageChangeDto {
  id: string;
  dealId: string;
  /** 1 for the stage that the deal began with */
  place: number;
  /** null for the first */
  from: string | null;
  to: string;
  /** The same as `to` */
  stage: string;
  /** An instant, or the date that is known */
  at: string;
  /** Of a date: day, month or year */
  datePrecision: string | null;
  note: string | null;
  /** {type, id, title}, or {type, restricted: true} for what the caller may not see */
  evidence: object | null;
  /** Who wrote it down: {id, name} of a user or an API key */
  by: object;
  /** When it was written down */
  createdAt: string;
}
