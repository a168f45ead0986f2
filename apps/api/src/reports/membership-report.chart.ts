import type { EChartsOption } from 'echarts';
import type { MembershipReport } from '#members';

const WIDTH = 1080;
const HEIGHT = 560;

/** Told apart also without colours (Okabe and Ito, 2008). */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#999999', '#f0e442'];

/** Active members by tier, stacked, and over them the renewal rate of all tiers together; SVG, without a script. */
export async function membershipReportSvg(report: MembershipReport): Promise<string> {
  // Loaded with the first chart: nobody else should wait for it.
  const { init, setPlatformAPI } = await import('echarts');
  setPlatformAPI({
    measureText: (text, font) => ({ width: textWidth(text, Number(/\d+/.exec(font ?? '')?.[0] ?? FONT_SIZE)) }),
  });
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption(options(report));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

function options(report: MembershipReport): EChartsOption {
  const months = report.totals.map(({ month }) => month);
  const slanted = months.length > MOST_LEVEL_LABELS;
  return {
    animation: false,
    color: COLOURS,
    textStyle: { fontFamily: 'DejaVu Sans, Noto Sans, Arial, sans-serif' },
    title: { text: 'Memberships', subtext: span(report), left: 16, top: 12 },
    legend: { type: 'plain', bottom: 12, left: LEGEND_MARGIN, right: LEGEND_MARGIN, itemGap: LEGEND_GAP },
    grid: { left: 72, right: 72, top: 92, bottom: (slanted ? 62 : 42) + 32 * legendLines(report) },
    xAxis: {
      type: 'category',
      data: months,
      axisLabel: { rotate: slanted ? 45 : 0, interval: Math.ceil(months.length / MOST_LABELS) - 1 },
    },
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

/** Months told below the axis: slanted, and side by side. */
const MOST_LABELS = 24;
const MOST_LEVEL_LABELS = 14;

const FONT_SIZE = 12;
const LEGEND_MARGIN = 60;
const LEGEND_GAP = 18;
/** What a line may leave empty because the next name is too long for it. */
const LEGEND_RAGGED = 100;
/** A colour and the space behind it. */
const LEGEND_ICON = 30;

/** There is no screen to measure on; letters of the fonts named are this wide on average, in Latin and Cyrillic. */
const textWidth = (text: string, size: number): number => text.length * size * 0.62;

function legendLines(report: MembershipReport): number {
  const names = [...uniqueNames(report).values(), RATE];
  const needed = names.reduce((sum, name) => sum + LEGEND_ICON + textWidth(name, FONT_SIZE) + LEGEND_GAP, 0);
  return Math.ceil(needed / (WIDTH - 2 * LEGEND_MARGIN - LEGEND_RAGGED));
}

const percent = (value: number): string => `${Math.round(value * 100)} %`;

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

/** The legend joins series by name, so two tiers of one name show their codes too. */
function uniqueNames({ data }: MembershipReport): Map<string, string> {
  const names = new Map(data.map(({ tierCode, tierName }) => [tierCode, shortened(tierName)]));
  const all = [...names.values(), RATE];
  return new Map(
    [...names].map(([code, name]) => [
      code,
      all.filter((other) => other === name).length > 1 ? `${name} (${code})` : name,
    ]),
  );
}

const shortened = (name: string): string => (name.length > 28 ? `${name.slice(0, 27)}…` : name);

const RATE = 'Renewal rate, all tiers';

/** Months in which nothing was due are gaps in the line. */
const rateLine = ({ totals }: MembershipReport) => ({
  type: 'line' as const,
  name: RATE,
  yAxisIndex: 1,
  data: totals.map(({ renewalRate }) => renewalRate),
  symbol: 'circle',
  symbolSize: 7,
  itemStyle: { color: '#1c2733' },
  lineStyle: { color: '#1c2733', width: 2 },
});
