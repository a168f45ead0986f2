import { DEAL_STAGES, type DealStage } from '#deals';

/** Stages of open deals. */
export const OPEN_STAGES = DEAL_STAGES.filter((stage) => !isClosed(stage));

/** Changes of stage in one month. */
export interface MonthlyChanges {
  /** YYYY-MM; null: before the first month asked for. */
  month: string | null;
  /** null: the deal began with `to`. */
  from: DealStage | null;
  to: DealStage;
  changes: number;
}

/** The pipeline at the end of a month, and what happened in it: open = open a month before + entered + reopened − won − lost. */
export interface PipelineMonth {
  /** YYYY-MM, in UTC. */
  month: string;
  /** Deals whose first stage began; those recorded when they had ended already too. */
  entered: number;
  /** Closed as won, also if it was taken back later. */
  won: number;
  lost: number;
  reopened: number;
  /** Open at the end of the month, on hold included; of the present month, now. */
  open: number;
  /** Those by stage; every stage of an open deal, in the order of the pipeline. */
  byStage: { stage: DealStage; deals: number }[];
}

/** The last `count` months, as YYYY-MM, the one of `now` (UTC) last. */
export function lastMonths(now: Date, count: number): string[] {
  const monthsAgo = (months: number): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
  return Array.from({ length: count }, (_, place) =>
    monthsAgo(count - 1 - place)
      .toISOString()
      .slice(0, 7),
  );
}

/** Adds up what changed, month by month. */
export function timelineOf(months: string[], rows: MonthlyChanges[]): PipelineMonth[] {
  const standing = new Map<DealStage, number>();
  move(standing, ofMonth(rows, null));
  return months.map((month) => {
    const changes = ofMonth(rows, month);
    move(standing, changes);
    const byStage = OPEN_STAGES.map((stage) => ({ stage, deals: standing.get(stage) ?? 0 }));
    return { month, ...happened(changes), open: byStage.reduce((sum, { deals }) => sum + deals, 0), byStage };
  });
}

const ofMonth = (rows: MonthlyChanges[], month: string | null): MonthlyChanges[] =>
  rows.filter((row) => row.month === month);

function move(standing: Map<DealStage, number>, changes: MonthlyChanges[]): void {
  for (const { from, to, changes: count } of changes) {
    standing.set(to, (standing.get(to) ?? 0) + count);
    if (from !== null) standing.set(from, (standing.get(from) ?? 0) - count);
  }
}

const happened = (rows: MonthlyChanges[]) => ({
  entered: total(rows, ({ from }) => from === null),
  won: total(rows, ({ to }) => to === 'closed_won'),
  lost: total(rows, ({ to }) => to === 'closed_lost'),
  reopened: total(rows, ({ from }) => from !== null && isClosed(from)),
});

const total = (rows: MonthlyChanges[], isCounted: (row: MonthlyChanges) => boolean): number =>
  rows.filter(isCounted).reduce((sum, { changes }) => sum + changes, 0);

function isClosed(stage: DealStage): boolean {
  return stage === 'closed_won' || stage === 'closed_lost';
}
