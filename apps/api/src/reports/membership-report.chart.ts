import type { EChartsOption } from 'echarts';
import type { MembershipReport } from '#members';
import { chartSvg, INK, LEGEND, legendHeight, monthLabels, percent, shortened, titled } from './chart.js';

/** Active members by tier, stacked, and over them the renewal rate of all tiers together; SVG, without a script. */
export const membershipReportSvg = (report: MembershipReport): Promise<string> => chartSvg(options(report));

function options(report: MembershipReport): EChartsOption {
  const months = report.totals.map(({ month }) => month);
  const { height, ...axisLabel } = monthLabels(months.length);
  return {
    title: titled('Memberships', span(report)),
    legend: LEGEND,
    grid: {
      ...{ left: 72, right: 72, top: 92 },
      bottom: height + legendHeight([...uniqueNames(report).values(), RATE]),
    },
    xAxis: { type: 'category', data: months, axisLabel },
    yAxis: [
      { type: 'value', name: 'Active members', minInterval: 1 },
      {
        type: 'value',
        name: 'Renewal rate',
        min: 0,
        max: 1,
        axisLabel: { formatter: percent },
        splitLine: { show: false },
      },
    ],
    series: [...bars(report), rateLine(report)],
  };
}

const span = ({ from, to }: MembershipReport): string => (from === to ? from : `${from} – ${to}`);

const tiersOf = ({ data }: MembershipReport): string[] => [...new Set(data.map(({ tierCode }) => tierCode))];

function bars(report: MembershipReport): { type: 'bar'; stack: string; name: string; data: number[] }[] {
  const names = uniqueNames(report);
  return tiersOf(report).map((code) => ({
    type: 'bar',
    stack: 'active',
    name: names.get(code) ?? code,
    barMaxWidth: 48,
    data: report.data.filter(({ tierCode }) => tierCode === code).map(({ active }) => active),
  }));
}

const MOST_LETTERS = 28;

/** The legend joins series by name, so two tiers of one name show their codes too. */
function uniqueNames({ data }: MembershipReport): Map<string, string> {
  const names = new Map(data.map(({ tierCode, tierName }) => [tierCode, shortened(tierName, MOST_LETTERS)]));
  const all = [...names.values(), RATE];
  return new Map(
    [...names].map(([code, name]) => [
      code,
      all.filter((other) => other === name).length > 1 ? `${name} (${code})` : name,
    ]),
  );
}

const RATE = 'Renewal rate, all tiers';

/** Months in which nothing was due are gaps in the line. */
const rateLine = ({ totals }: MembershipReport) => ({
  type: 'line' as const,
  name: RATE,
  yAxisIndex: 1,
  data: totals.map(({ renewalRate }) => renewalRate),
  symbol: 'circle',
  symbolSize: 7,
  itemStyle: { color: INK },
  lineStyle: { color: INK, width: 2 },
});
