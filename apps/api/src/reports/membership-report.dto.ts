import type { MoneyDto } from '../http/money.dto.js';

/** Memberships in one month; archived memberships are in no figure. Days are days in UTC. */
export class MembershipFiguresDto {
  /**
   * `YYYY-MM`
   * @example '2026-03'
   */
  month: string;

  /** Current or in grace on the last day of the month; for a month that is not over, by what is known today */
  active: number;

  /** Members who joined: their membership began and they had none the day before; a return after grace counts too */
  new: number;

  /** Terms whose last day is in the month, those cancelled by then left out; a renewal ends one term and begins another */
  due: number;

  /** Of those due, how many went on by a renewal or a following membership, in whatever tier, before their grace was over */
  renewed: number;

  /** Members lost because their grace ended in the month */
  lapsed: number;

  /** Members lost because they were cancelled in the month; over all tiers active = active before + new − lapsed − cancelled */
  cancelled: number;

  /** renewed ÷ due, 0–1 with four places; null when none was due */
  renewalRate: number | null;

  /** Annual dues, at the tier's present rate, of all who are active at the end of the month; one entry per currency */
  dues: MoneyDto[];
}

export class TierFiguresDto extends MembershipFiguresDto {
  /** Code of the tier */
  tierCode: string;
  /** Name of the tier */
  tierName: string;
}

export class MembershipReportDto {
  /** First month, `YYYY-MM` */
  from: string;

  /** Last month, included */
  to: string;

  /** By tier and month; an archived tier is listed where it ever had members */
  data: TierFiguresDto[];

  /** By month, all tiers of the report together */
  totals: MembershipFiguresDto[];
}
