import { stringify } from 'csv-stringify/sync';
import { guardCell } from '#imports';
import type { MembershipFigures, MembershipReport, TierFigures } from '#members';
import type { MembershipFiguresDto, MembershipReportDto, TierFiguresDto } from './membership-report.dto.js';

const presentFigures = (figures: MembershipFigures): MembershipFiguresDto => ({
  month: figures.month,
  active: figures.active,
  new: figures.new,
  due: figures.due,
  renewed: figures.renewed,
  lapsed: figures.lapsed,
  cancelled: figures.cancelled,
  renewalRate: figures.renewalRate,
  dues: figures.dues,
});

const presentTierFigures = (row: TierFigures): TierFiguresDto => ({
  tierCode: row.tierCode,
  tierName: row.tierName,
  ...presentFigures(row),
});

export const presentMembershipReport = ({ from, to, data, totals }: MembershipReport): MembershipReportDto => ({
  from,
  to,
  data: data.map(presentTierFigures),
  totals: totals.map(presentFigures),
});

const HEADER = [
  'month',
  'tierCode',
  'tierName',
  'active',
  'new',
  'due',
  'renewed',
  'lapsed',
  'cancelled',
  'renewalRate',
  'dues',
  'currency',
];

/** One line per tier and month, without totals, so that a pivot table counts nothing twice; opens in a spreadsheet as UTF-8. */
export function membershipReportCsv({ data }: MembershipReport): string {
  const lines = data.map((row) => [
    row.month,
    guardCell(row.tierCode),
    guardCell(row.tierName),
    row.active,
    row.new,
    row.due,
    row.renewed,
    row.lapsed,
    row.cancelled,
    row.renewalRate,
    row.dues[0]?.amount,
    row.dues[0]?.currency,
  ]);
  return stringify([HEADER, ...lines], { bom: true, record_delimiter: 'windows' });
}
