import type { MoneySumsDto } from './money-sums.dto.js';

/** How many deals, and what they are worth. Archived deals are in no figure */
export class PipelineFiguresDto {
  deals: number;
  /** Deals that nobody has put a value on: they are counted, and in no sum */
  withoutValue: number;
  value: MoneySumsDto;
  /** Value × probability: what somebody said of the deal, else that of its stage */
  weighted: MoneySumsDto;
}

/** Deals by how they stand now; a deal on hold is open */
export class PipelineStatesDto {
  open: PipelineFiguresDto;
  won: PipelineFiguresDto;
  lost: PipelineFiguresDto;
}

export class StageGroupDto extends PipelineFiguresDto {
  /** The stage that the deals have now */
  stage: string;
}

export class PipelineGroupDto extends PipelineStatesDto {
  /** Code of the sector, ISO 3166-1 alpha-2 code of the country, id of the owner; null: the deals without one */
  key: string | null;
  /** In English, for a sector or country; null where it has none */
  name: string | null;
}

/** As they stand now, those that got no further */
export class StoppedDto {
  /** At work: in this stage, or in an earlier one that they went back to */
  open: number;
  onHold: number;
  lost: number;
}

export class StandingDto extends StoppedDto {
  won: number;
}

/**
 * How many deals got at least to a stage, and what became of them. Every deal has reached the first stage. A deal that was in a stage has
 * reached those before it, skipped or not, and stepping back does not undo that. A deal that is won has reached all of them; a win or loss that
 * a reopening took back counts for nothing. On hold and lost are no stages to reach: such a deal has got as far as it had before
 */
export class ConversionDto {
  stage: string;
  /** Deals that have been in this stage or a later one, and all that are won; never more than of the stage before */
  reached: number;
  /** Of those reached, how many have never been in this stage itself */
  skipped: number;
  /** Of those reached, how many have been in a later stage or are won */
  wentOn: number;
  /** Those reached that did not go on; reached = wentOn + open + onHold + lost */
  stopped: StoppedDto;
  /** wentOn ÷ reached, 0–1 with four places; null when none reached it */
  conversionRate: number | null;
  /** All those reached, as they stand now; reached = open + onHold + won + lost */
  now: StandingDto;
  /** won ÷ (won + lost) of those reached, 0–1 with four places; null when none has ended */
  winRate: number | null;
}

/** Days to a tenth, between the moments of the stage changes; a date counts from its beginning in UTC */
export class SpansDto {
  count: number;
  /** Of them, those that begin or end on a date known to the month or year only: they are in none of the figures below */
  unmeasured: number;
  /** null when none is measured */
  medianDays: number | null;
  meanDays: number | null;
  longestDays: number | null;
}

export class StageTimeDto {
  /** Stage of an open deal; on hold is one of its own */
  stage: string;
  /** Stays that are over, by a change to any other stage; a deal that came back has stayed twice */
  past: SpansDto;
  /** The deals that are in the stage now, and how long they have been this time */
  present: SpansDto;
}

export class StageCountDto {
  stage: string;
  deals: number;
}

/** open = open a month before + entered + reopened − won − lost */
export class PipelineMonthDto {
  /**
   * `YYYY-MM`, in UTC
   * @example '2026-03'
   */
  month: string;
  /** Deals whose first stage began in the month, also those recorded when they had ended */
  entered: number;
  /** Closed as won in the month, also if it was taken back later */
  won: number;
  /** Closed as lost in the month, likewise */
  lost: number;
  /** Closed deals that were taken up again */
  reopened: number;
  /** Open at the end of the month, those on hold too; in the present month, now */
  open: number;
  /** Those by stage, in the order of the pipeline */
  byStage: StageCountDto[];
}

/**
 * Where deals stand, by what is known now: values, owners, sectors and countries have no history, so only the timeline looks back.
 * Money is added up by currency; with `currency` and `rates` also in one currency, by the rates of the request
 */
export class PipelineReportDto {
  generatedAt: string;
  /** All deals asked for, each once */
  totals: PipelineStatesDto;
  /** Every stage, in the order of the pipeline; adds up to the totals */
  byStage?: StageGroupDto[];
  /** A deal of two sectors is in both, so these may add up to more than the totals; those with most open deals first */
  bySector?: PipelineGroupDto[];
  byCountry?: PipelineGroupDto[];
  byOwner?: PipelineGroupDto[];
  /** Stage by stage, in the order of the pipeline */
  conversion: ConversionDto[];
  timeInStage: StageTimeDto[];
  /**
   * By the stages that the deals of this report have been in. A date known to the month or year counts as its first day, though never before
   * the change before it
   */
  timeline: PipelineMonthDto[];
}
