import { Injectable } from '@nestjs/common';
import { DEAL_STAGES, type DealStage } from '#deals';
import { currentActor, Database } from '#database';
import { Invalid } from '#faults';
import { type FunnelRow, funnelOf, type StagesPassed } from './pipeline-funnel.js';
import { type FiguresRow, groupsOf } from './pipeline-groups.js';
import { lastMonths, type MonthlyChanges, OPEN_STAGES, type PipelineMonth, timelineOf } from './pipeline-timeline.js';
import type { PipelineGroups, PipelineLine, PipelineRequest, Spans, StageTime } from './pipeline.js';
import { changesQuery, groupsQuery, linesQuery, passedQuery, type Query, timesQuery } from './pipeline.sql.js';

/** How far deals get, and how long they take. */
export interface PipelineStages {
  conversion: FunnelRow[];
  timeInStage: StageTime[];
}

export interface PipelineReport extends PipelineGroups, PipelineStages {
  generatedAt: Date;
  timeline: PipelineMonth[];
}

/** Where deals stand and what they are worth, how far they get, how long they take. Each method throws Invalid for a span that is none. */
@Injectable()
export class PipelineReader {
  constructor(private readonly database: Database) {}

  /** All of it; the parts are read side by side. */
  async report(request: PipelineRequest): Promise<PipelineReport> {
    const now = await this.database.now();
    const [groups, stages, timeline] = await Promise.all([
      this.groups(request),
      this.stages(request, now),
      this.timeline(request, now),
    ]);
    return { generatedAt: now, ...groups, ...stages, timeline };
  }

  /** The groups as a table, one line for each state and currency, so that nothing in it is counted twice within a kind of group. */
  async lines(request: PipelineRequest): Promise<PipelineLine[]> {
    const rows = await this.ask<PipelineLine>(request, linesQuery(request));
    const place = ({ group, key }: PipelineLine): number =>
      request.by.indexOf(group) * 100 + (group === 'stage' ? DEAL_STAGES.findIndex((stage) => stage === key) : 0);
    return rows.sort((one, other) => place(one) - place(other));
  }

  /** How far deals get, and how long they take. */
  async stages(request: PipelineRequest, now?: Date): Promise<PipelineStages> {
    const times = timesQuery(request, now ?? (await this.database.now()));
    const [conversion, spans] = await Promise.all([this.funnel(request), this.ask<SpansRow>(request, times)]);
    return { conversion, timeInStage: timesOf(spans) };
  }

  /** How many deals got at least how far. */
  async funnel(request: PipelineRequest): Promise<FunnelRow[]> {
    return funnelOf(await this.ask<StagesPassed>(request, passedQuery(request)));
  }

  /** The pipeline at the end of each of the last months. */
  async timeline(request: PipelineRequest, now?: Date): Promise<PipelineMonth[]> {
    const months = lastMonths(now ?? (await this.database.now()), request.months);
    const [first = '', last = first] = [months[0], months.at(-1)];
    return timelineOf(months, await this.ask<MonthlyChanges>(request, changesQuery(request, first, last)));
  }

  /** Of the owner asked for; undefined where none is, or where there is none. */
  async ownerName({ ownerId }: PipelineRequest): Promise<string | undefined> {
    if (ownerId === undefined) return undefined;
    const id = ownerId === 'me' ? currentActor().id : ownerId;
    return (await this.database.queryOne<{ name: string }>('SELECT name FROM users WHERE id = $1', [id]))?.name;
  }

  private async groups(request: PipelineRequest): Promise<PipelineGroups> {
    return groupsOf(request, await this.ask<FiguresRow>(request, groupsQuery(request)));
  }

  private async ask<Row>({ from, to }: PipelineRequest, { sql, parameters }: Query): Promise<Row[]> {
    if (from !== undefined && to !== undefined && from > to)
      throw Invalid.field('', 'ends_before_start', 'The last day cannot be before the first.', { parameter: 'to' });
    return this.database.query<Row>(sql, parameters);
  }
}

interface SpansRow extends Spans {
  stage: DealStage;
  past: boolean;
}

const timesOf = (rows: SpansRow[]): StageTime[] =>
  OPEN_STAGES.map((stage) => {
    const of = (past: boolean): Spans => spansOf(rows.find((row) => row.stage === stage && row.past === past));
    return { stage, past: of(true), present: of(false) };
  });

const spansOf = (row: Spans | undefined): Spans => ({
  count: row?.count ?? 0,
  unmeasured: row?.unmeasured ?? 0,
  medianDays: row?.medianDays ?? null,
  meanDays: row?.meanDays ?? null,
  longestDays: row?.longestDays ?? null,
});
