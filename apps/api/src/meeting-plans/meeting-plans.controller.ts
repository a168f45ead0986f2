import { Body, Controller, Get, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import { BadListRequest, type ListRequest, type Page } from '#database';
import { MeetingPlansReader, meetingPlansList, MeetingPlansService, PlanAcceptanceService } from '#meeting-plans';
import { Permit } from '../http/access.guard.js';
import { csvFile } from '../http/csv-file.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { type ChartSide, meetingPlanSvg } from './meeting-plan.chart.js';
import { MeetingPlanDto, MeetingPlanSummaryDto } from './meeting-plan-answer.dto.js';
import { AcceptMeetingPlanDto, CreateMeetingPlanDto } from './meeting-plan.dto.js';
import { meetingPlanCsv, presentMeetingPlan, presentMeetingPlanSummary } from './meeting-plan.presenter.js';

/** Bytes of a body: that of a plan with more requests than it takes arrives all the same, so that it is refused by that rule. */
const BODY_LIMIT = 8_388_608;

@ApiTags('Meeting plans')
@Controller('v1')
@Permit('missions:write')
export class MeetingPlansController {
  constructor(
    private readonly plans: MeetingPlansService,
    private readonly acceptance: PlanAcceptanceService,
    private readonly reader: MeetingPlansReader,
  ) {}

  /** Meeting plans of a mission, the latest first, without their meetings */
  @Get('trade-missions/:id/meeting-plans')
  @Permit('records:read')
  @ApiList(MeetingPlanSummaryDto, meetingPlansList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<MeetingPlanSummaryDto>> {
    return presentPage(await this.reader.listOf(id, request), presentMeetingPlanSummary);
  }

  /**
   * Asks for a schedule of one-on-ones: the highest sum of priorities, so that nobody has two meetings at once, nor one when
   * the calendar has them elsewhere. A worker solves it; nothing is booked before it is accepted
   */
  @Post('trade-missions/:id/meeting-plans')
  @HttpCode(202)
  @RouteConfig({ bodyLimit: BODY_LIMIT })
  @CreatesIn('/v1/meeting-plans')
  async create(@Id() missionId: string, @Body() body: CreateMeetingPlanDto): Promise<MeetingPlanDto> {
    return this.get(await this.plans.plan(missionId, body));
  }

  /** The plan as a picture: people by slots, delegates or hosts; SVG without a script */
  @Get('meeting-plans/:id.svg')
  @Permit('records:read')
  @ApiProduces('image/svg+xml')
  @ApiQuery({
    name: 'by',
    required: false,
    enum: ['delegate', 'host'],
    description: 'Whose lines; delegate unless given.',
  })
  async chart(@Id() id: string, @Query('by') by: unknown): Promise<StreamableFile> {
    const svg = meetingPlanSvg(await this.reader.get(id), chartSide(by));
    return new StreamableFile(Buffer.from(svg), { type: 'image/svg+xml; charset=utf-8' });
  }

  /** The meetings of a plan as a table for a spreadsheet, in local time */
  @Get('meeting-plans/:id.csv')
  @Permit('records:read')
  @ApiProduces('text/csv')
  async table(@Id() id: string): Promise<StreamableFile> {
    return csvFile(`meeting-plan-${id}`, Buffer.from(meetingPlanCsv(await this.reader.get(id))));
  }

  /** One plan: how far it is, who meets whom when, who does not and why, and how good that is proven to be */
  @Get('meeting-plans/:id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<MeetingPlanDto> {
    return presentMeetingPlan(await this.reader.get(id));
  }

  /**
   * Makes the meetings, books everybody and invites them, all or nothing: 409 names what clashes by now. With a plan that
   * replaces another, what stays is left alone, what moves is moved, and what is gone is called off. Safe to repeat
   */
  @Post('meeting-plans/:id/acceptance')
  @HttpCode(200)
  async accept(@Id() id: string, @Body() body: AcceptMeetingPlanDto): Promise<MeetingPlanDto> {
    await this.acceptance.accept(id, body);
    return this.get(id);
  }

  /** Ends a plan that is not accepted; a worker at it stops */
  @Post('meeting-plans/:id/cancellation')
  @HttpCode(200)
  async cancel(@Id() id: string): Promise<MeetingPlanDto> {
    await this.plans.cancel(id);
    return this.get(id);
  }
}

/** Throws BadListRequest. */
function chartSide(by: unknown): ChartSide {
  if (by === undefined || by === 'delegate') return 'delegate';
  if (by === 'host') return 'host';
  throw BadListRequest.parameter('by', 'bad_value', 'by takes delegate or host.');
}
