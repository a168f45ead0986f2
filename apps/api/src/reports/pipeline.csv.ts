import { stringify } from 'csv-stringify/sync';
import { guardCell } from '#imports';
import type { FunnelRow, PipelineLine, PipelineMonth, PipelineStages, Spans } from '#reports';
import { countryName } from './pipeline-labels.js';

type Cell = string | number | null | undefined;

/** A line for each group, state and currency, deals without a value in one of their own: within a kind of group nothing is in two lines but deals of two sectors. */
export const groupsCsv = (lines: PipelineLine[], currency: string | undefined): string =>
  csv(
    [
      ...['group', 'key', 'name', 'state', 'currency', 'deals', 'value', 'weighted'],
      ...['convertedTo', 'convertedValue', 'convertedWeighted'],
    ],
    lines.map((line) => [
      line.group,
      line.key && guardCell(line.key),
      nameOf(line),
      line.state,
      line.currency,
      line.deals,
      line.value,
      line.weighted,
      line.convertedValue === null ? null : currency,
      line.convertedValue,
      line.convertedWeighted,
    ]),
  );

function nameOf({ group, key, name }: PipelineLine): string | null {
  if (group === 'country') return key && countryName(key);
  return name && guardCell(name);
}

/** A line for each stage of an open deal: how many got there, what became of them, how long they stay. */
export const stagesCsv = ({ conversion, timeInStage }: PipelineStages): string =>
  csv(
    [
      ...['stage', 'reached', 'skipped', 'wentOn', 'stoppedOpen', 'stoppedOnHold', 'stoppedLost', 'conversionRate'],
      ...['nowOpen', 'nowOnHold', 'nowWon', 'nowLost', 'winRate'],
      ...['pastStays', 'pastUnmeasured', 'pastMedianDays', 'pastMeanDays', 'pastLongestDays'],
      ...['presentDeals', 'presentUnmeasured', 'presentMedianDays', 'presentMeanDays', 'presentLongestDays'],
    ],
    timeInStage.map(({ stage, past, present }) => [
      stage,
      ...conversionCells(conversion.find((row) => row.stage === stage)),
      ...spanCells(past),
      ...spanCells(present),
    ]),
  );

/** On hold is no stage to reach. */
const conversionCells = (row: FunnelRow | undefined): Cell[] =>
  row
    ? [
        ...[row.reached, row.skipped, row.wentOn, row.stopped.open, row.stopped.onHold, row.stopped.lost],
        ...[row.conversionRate, row.now.open, row.now.onHold, row.now.won, row.now.lost, row.winRate],
      ]
    : Array<null>(12).fill(null);

const spanCells = (spans: Spans): Cell[] => [
  ...[spans.count, spans.unmeasured],
  ...[spans.medianDays, spans.meanDays, spans.longestDays],
];

/** A line for each month. */
export const timelineCsv = (timeline: PipelineMonth[]): string =>
  csv(
    [
      ...['month', 'entered', 'won', 'lost', 'reopened', 'open'],
      ...(timeline[0]?.byStage.map(({ stage }) => stage) ?? []),
    ],
    timeline.map(({ month, entered, won, lost, reopened, open, byStage }) => [
      ...[month, entered, won, lost, reopened, open],
      ...byStage.map(({ deals }) => deals),
    ]),
  );

const csv = (header: string[], lines: Cell[][]): string =>
  stringify([header, ...lines], { bom: true, record_delimiter: 'windows' });
