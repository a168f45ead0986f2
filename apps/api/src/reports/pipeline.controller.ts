import { Controller, Get, type StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { PipelineReader } from '#reports';
import { Permit } from '../http/access.guard.js';
import { csvFile } from '../http/csv-file.js';
import { svgFile } from './chart.js';
import { type PipelineAsked, PipelineQuery, TakesPipelineQuery } from './pipeline-query.js';
import { aboutPipeline, funnelSvg, timelineSvg } from './pipeline.chart.js';
import { groupsCsv, stagesCsv, timelineCsv } from './pipeline.csv.js';
import { PipelineReportDto } from './pipeline.dto.js';
import { presentPipeline } from './pipeline.presenter.js';

@ApiTags('Reports')
@Controller('v1/reports')
@Permit('records:read')
export class PipelineController {
  constructor(private readonly reader: PipelineReader) {}

  /** Where deals stand and what they are worth, by stage, sector, country and owner; how far they get, how long they take, month by month */
  @Get('pipeline')
  @TakesPipelineQuery()
  async report(@PipelineQuery() asked: PipelineAsked): Promise<PipelineReportDto> {
    return presentPipeline(await this.reader.report(asked));
  }

  /** The same as a table for a spreadsheet: the groups (a line for each state and currency), the stages, or the timeline */
  @Get('pipeline.csv')
  @TakesPipelineQuery('table')
  @ApiProduces('text/csv')
  async table(@PipelineQuery('table') asked: PipelineAsked): Promise<StreamableFile> {
    return csvFile(`pipeline-${asked.part}`, Buffer.from(await this.csv(asked)));
  }

  /** The same as a chart: how many deals got at least how far, or the open deals by stage at the end of each month */
  @Get('pipeline.svg')
  @TakesPipelineQuery('chart')
  @ApiProduces('image/svg+xml')
  async chart(@PipelineQuery('chart') asked: PipelineAsked): Promise<StreamableFile> {
    const about = aboutPipeline(asked, await this.reader.ownerName(asked));
    if (asked.part === 'timeline') return svgFile(await timelineSvg(await this.reader.timeline(asked), about));
    return svgFile(await funnelSvg(await this.reader.funnel(asked), about));
  }

  private async csv(asked: PipelineAsked): Promise<string> {
    if (asked.part === 'stages') return stagesCsv(await this.reader.stages(asked));
    if (asked.part === 'timeline') return timelineCsv(await this.reader.timeline(asked));
    return groupsCsv(await this.reader.lines(asked), asked.rates?.currency);
  }
}
