import type {
  FunnelRow,
  PipelineFigures,
  PipelineGroupRow,
  PipelineMonth,
  PipelineReport,
  PipelineStates,
  StageGroup,
  StageTime,
} from '#reports';
import { instant } from '../http/format.js';
import { presentSums } from './money-sums.presenter.js';
import { countryName } from './pipeline-labels.js';
import type {
  ConversionDto,
  PipelineFiguresDto,
  PipelineGroupDto,
  PipelineMonthDto,
  PipelineReportDto,
  PipelineStatesDto,
  StageGroupDto,
  StageTimeDto,
} from './pipeline.dto.js';

export const presentPipeline = (report: PipelineReport): PipelineReportDto => ({
  generatedAt: instant(report.generatedAt),
  totals: presentStates(report.totals),
  byStage: report.byStage?.map(presentStage),
  bySector: report.bySector?.map(presentGroup),
  byCountry: report.byCountry?.map((row) => presentGroup({ ...row, name: row.key && countryName(row.key) })),
  byOwner: report.byOwner?.map(presentGroup),
  conversion: report.conversion.map(presentConversion),
  timeInStage: report.timeInStage.map(presentTime),
  timeline: report.timeline.map(presentMonth),
});

const presentFigures = (figures: PipelineFigures): PipelineFiguresDto => ({
  deals: figures.deals,
  withoutValue: figures.withoutValue,
  value: presentSums(figures.value),
  weighted: presentSums(figures.weighted),
});

const presentStates = ({ open, won, lost }: PipelineStates): PipelineStatesDto => ({
  open: presentFigures(open),
  won: presentFigures(won),
  lost: presentFigures(lost),
});

const presentStage = (row: StageGroup): StageGroupDto => ({ stage: row.stage, ...presentFigures(row) });

const presentGroup = (row: PipelineGroupRow): PipelineGroupDto => ({
  key: row.key,
  name: row.name,
  ...presentStates(row),
});

const presentConversion = (row: FunnelRow): ConversionDto => ({
  stage: row.stage,
  reached: row.reached,
  skipped: row.skipped,
  wentOn: row.wentOn,
  stopped: row.stopped,
  conversionRate: row.conversionRate,
  now: row.now,
  winRate: row.winRate,
});

const presentTime = ({ stage, past, present }: StageTime): StageTimeDto => ({ stage, past, present });

const presentMonth = (row: PipelineMonth): PipelineMonthDto => ({
  month: row.month,
  entered: row.entered,
  won: row.won,
  lost: row.lost,
  reopened: row.reopened,
  open: row.open,
  byStage: row.byStage,
});
