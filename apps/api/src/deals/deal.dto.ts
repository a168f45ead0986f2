import { OmitType, PartialType } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { DAY_PRECISIONS, type DayPrecision, DEAL_KINDS, DEAL_STAGES, type DealKind, type DealStage } from '#deals';
import {
  CalendarDate,
  Country,
  LikelyYear,
  Line,
  Lines,
  Nested,
  Nullable,
  OneOf,
  Optional,
  Reference,
  Text,
} from '../http/fields.js';
import { LargeMoneyDto } from '../http/money.dto.js';
import { ChangedElsewhere, PastMoment } from './moment.dto.js';

export class CreateDealDto {
  /** @example 'Cement plant upgrade, phase 1' */
  @Line(300)
  title: string;

  /** What it is */
  @OneOf(DEAL_KINDS)
  kind: DealKind;

  /** lead unless given; afterwards it changes by stage-changes only */
  @Optional()
  @OneOf(DEAL_STAGES)
  stage?: DealStage;

  /**
   * Since when it is in this stage: a past instant, or a date; now unless given
   * @example '2026-03-10'
   */
  @Optional()
  @PastMoment()
  stageSince?: string;

  /** How far a date in stageSince may be trusted; day unless given */
  @Optional()
  @OneOf(DAY_PRECISIONS)
  stagePrecision?: DayPrecision;

  /** What it is worth in all */
  @Nullable()
  @Nested(() => LargeMoneyDto)
  value?: LargeMoneyDto | null;

  /** Percent, 0 to 100, until the next stage; that of the stage unless given. A closed deal is 100 or 0 */
  @Nullable()
  @IsInt()
  @Min(0)
  @Max(100)
  probability?: number | null;

  /**
   * ISO 3166-1 alpha-2: where it is carried out
   * @example 'AZ'
   */
  @Nullable()
  @Country()
  country?: string | null;

  @Optional()
  @Lines(60)
  sectors?: string[];

  /** User who sees to it; whoever adds the deal unless given */
  @Nullable()
  @Reference()
  ownerId?: string | null;

  /** The day on which it is hoped to be closed */
  @Nullable()
  @CalendarDate()
  @LikelyYear()
  expectedCloseOn?: string | null;

  @Nullable()
  @Text(10_000)
  notes?: string | null;
}

export class UpdateDealDto extends PartialType(OmitType(CreateDealDto, ['stage', 'stageSince', 'stagePrecision']), {
  skipNullProperties: false,
}) {
  @Optional()
  @ChangedElsewhere('stage is changed by POST /v1/deals/{id}/stage-changes, and a closed one by /reopening')
  stage?: string;
}

export class DealDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  title: string;
  kind: string;
  stage: string;
  /** The stage that a deal on hold had before */
  heldFrom: string | null;
  /** Since when it is in its stage: an instant, or the date that is known */
  stageSince: string;
  /** Of a date in stageSince: day, month or year */
  stagePrecision: string | null;
  /** When it was closed, as exact as stagePrecision; by the clocks of UTC for an instant */
  closedOn: string | null;
  /** {amount, currency} */
  value: object | null;
  /** Percent */
  probability: number;
  /** Nobody has said otherwise: it is that of the stage, by the settings of the house */
  probabilityByStage: boolean;
  country: string | null;
  sectors: string[];
  ownerId: string | null;
  /** YYYY-MM-DD */
  expectedCloseOn: string | null;
  notes: string | null;
  /** When it stalled: DEAL_STALLED_AFTER after its last touch, as the worker has last seen it; null unless it is open, not on hold, and has */
  stalledSince: string | null;
  /** With include=owner and in the answer for one deal: {id, name} */
  owner?: object | null;
  /** With include=parties and in the answer for one deal: {id, organizationId, organization, personId, person, role} of each */
  parties?: object[];
}
