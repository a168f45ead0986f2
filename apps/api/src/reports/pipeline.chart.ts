import type { SeriesOption, YAXisComponentOption as YAXisOption } from 'echarts';
import type { DealStage } from '#deals';
import type { FunnelRow, PipelineMonth, PipelineRequest } from '#reports';
import { chartSvg, INK, LEGEND, legendHeight, monthLabels, percent, shortened, titled, WIDTH } from './chart.js';
import { STAGE_NAMES } from './pipeline-labels.js';

/** From early to late (viridis, of Smith and van der Walt, 2015), told apart also without colours; the others are none of them. */
const STAGE_COLOURS = [
  '#440154',
  '#472d7b',
  '#3b528b',
  '#2c728e',
  '#21918c',
  '#28ae80',
  '#5ec962',
  '#addc30',
  '#fde725',
];
const OPEN = '#56b4e9';
const HELD = '#b0b0b0';
const WON = '#cc79a7';
const LOST = '#d55e00';

const FUNNEL = { left: 150, width: 360, top: 96, height: 404 };
const STOPPED = { left: 720, right: 60, top: 96, height: 404 };

/** Which deals a picture is about. */
export function aboutPipeline(
  { from, to, stages, kinds, countries, sectors, ...rest }: PipelineRequest,
  ownerName?: string,
): string {
  const words = [
    from && `begun since ${from}`,
    to && `begun up to ${to}`,
    rest.ownerId && `owner ${ownerName ?? 'unknown'}`,
    ...[sectors, countries, kinds, stages].map((list) => list?.join(', ').replaceAll('_', ' ')),
  ].filter((word) => word !== undefined);
  return shortened(words.length > 0 ? `Deals: ${words.join(' · ')}` : 'All deals', 120);
}

/** How many deals got at least how far, and beside each stage those that got no further; SVG, without a script. */
export function funnelSvg(rows: FunnelRow[], about: string): Promise<string> {
  const endings = ENDINGS.map((ending) => endingBars(rows, ending));
  return chartSvg({
    title: [titled('How far deals get', about), { ...SIDE, left: STOPPED.left - 5, top: 66 }],
    legend: { ...LEGEND, data: ENDINGS.map(({ name }) => name) },
    grid: [FUNNEL, STOPPED],
    xAxis: [
      { type: 'value', gridIndex: 0, show: false },
      { type: 'value', gridIndex: 1, minInterval: 1, splitNumber: 4 },
    ],
    yAxis: [
      beside('left', [...rows.map(({ stage }) => STAGE_NAMES[stage]), STAGE_NAMES.closed_won]),
      beside('right', [...rows.map(told), grouped(wonOf(rows))]),
      {
        type: 'category',
        gridIndex: 1,
        inverse: true,
        data: [...rows.map(({ stage }) => stage), 'closed_won'],
        ...BARE,
      },
    ],
    series: [funnel(rows), ...endings],
  });
}

const SIDE = { text: 'Got no further', textStyle: { fontSize: 12, fontWeight: 'normal', color: INK } } as const;
const BARE = { axisLabel: { show: false }, axisTick: { show: false } } as const;

/** Words at the side of the funnel, a line for each stage. */
const beside = (position: 'left' | 'right', data: string[]): YAXisOption => ({
  type: 'category',
  gridIndex: 0,
  position,
  inverse: true,
  data,
  axisLabel: { interval: 0, color: INK, fontSize: 13 },
  axisLine: { show: false },
  axisTick: { show: false },
});

/** Whoever went on from the last stage. */
const wonOf = (rows: FunnelRow[]): number => rows.at(-1)?.wentOn ?? 0;

const funnel = (rows: FunnelRow[]): SeriesOption => ({
  type: 'funnel',
  ...FUNNEL,
  sort: 'none',
  gap: 4,
  min: 0,
  max: Math.max(1, rows[0]?.reached ?? 0),
  minSize: '0%',
  label: { show: false },
  data: [
    ...rows.map(({ stage, reached }, place) => slice(stage, reached, STAGE_COLOURS[place])),
    slice('closed_won', wonOf(rows), WON),
  ],
});

const slice = (stage: DealStage, value: number, color: string | undefined) => ({
  value,
  name: STAGE_NAMES[stage],
  itemStyle: { color },
});

const told = ({ reached, conversionRate }: FunnelRow): string =>
  conversionRate === null ? grouped(reached) : `${grouped(reached)}, ${percent(conversionRate)} went on`;

const grouped = (value: number): string => value.toLocaleString('en');

interface Ending {
  name: string;
  colour: string;
  of: (row: FunnelRow) => number;
}

const ENDINGS: Ending[] = [
  { name: 'Open', colour: OPEN, of: ({ stopped }) => stopped.open },
  { name: 'On hold', colour: HELD, of: ({ stopped }) => stopped.onHold },
  { name: 'Lost', colour: LOST, of: ({ stopped }) => stopped.lost },
];

const endingBars = (rows: FunnelRow[], { name, colour, of }: Ending): SeriesOption => ({
  type: 'bar',
  stack: 'stopped',
  name,
  xAxisIndex: 1,
  yAxisIndex: 2,
  barWidth: '70%',
  itemStyle: { color: colour, ...EDGE },
  data: rows.map((row) => shown(of(row))),
});

/** Between two parts of a bar. */
const EDGE = { borderColor: '#ffffff', borderWidth: 0.5 };

/** The edge of a part that is nothing would cut the axis. */
const shown = (count: number): number | null => (count === 0 ? null : count);

const SHARED = { left: 72, right: 40, width: WIDTH - 112 };

/** Open deals by stage at the end of each month, and below what was won and lost in it; SVG, without a script. */
export function timelineSvg(timeline: PipelineMonth[], about: string): Promise<string> {
  const months = timeline.map(({ month }) => month);
  const { height, ...axisLabel } = monthLabels(months.length);
  const series = [...stageBars(timeline), ...closedBars(timeline)];
  const bottom = height + legendHeight(series.map(({ name }) => name));
  return chartSvg(
    {
      title: titled('Open deals at the end of each month', about),
      legend: LEGEND,
      grid: [
        { ...SHARED, top: 92, height: 270 },
        { ...SHARED, top: 402, bottom },
      ],
      xAxis: [
        { type: 'category', gridIndex: 0, data: months, axisLabel: { show: false } },
        { type: 'category', gridIndex: 1, data: months, axisLabel },
      ],
      yAxis: [
        { type: 'value', gridIndex: 0, name: 'Open deals', minInterval: 1 },
        { type: 'value', gridIndex: 1, name: 'Closed', minInterval: 1, splitNumber: 2 },
      ],
      series,
    },
    640,
  );
}

const stageBars = (timeline: PipelineMonth[]) =>
  (timeline[0]?.byStage ?? []).map(({ stage }, place) => ({
    type: 'bar' as const,
    stack: 'open',
    name: STAGE_NAMES[stage],
    barMaxWidth: 48,
    itemStyle: { color: STAGE_COLOURS[place] ?? HELD, ...EDGE },
    data: timeline.map(({ byStage }) => shown(byStage[place]?.deals ?? 0)),
  }));

const closedBars = (timeline: PipelineMonth[]) =>
  (['won', 'lost'] as const).map((end) => ({
    type: 'bar' as const,
    xAxisIndex: 1,
    yAxisIndex: 1,
    name: end === 'won' ? 'Won' : 'Lost',
    barMaxWidth: 20,
    itemStyle: { color: end === 'won' ? WON : LOST },
    data: timeline.map((month) => month[end]),
  }));
