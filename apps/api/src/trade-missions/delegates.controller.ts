import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { DelegatesReader, delegatesList, DelegatesService, MissionReadinessReader } from '#trade-missions';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { presentPlanned } from '../messaging/planned-message.presenter.js';
import {
  CreateDelegateDto,
  DelegateDetailDto,
  DelegateDto,
  MissionReadinessDto,
  NewDelegateDto,
  UpdateDelegateDto,
} from './delegate.dto.js';
import { presentDelegate, presentMeetingAhead, presentReadiness } from './delegate.presenter.js';

@ApiTags('Trade missions')
@Controller('v1')
@Permit('missions:write')
export class DelegatesController {
  constructor(
    private readonly delegates: DelegatesService,
    private readonly reader: DelegatesReader,
    private readonly readiness: MissionReadinessReader,
  ) {}

  /** Delegates of a mission, by name; those who declined or withdrew among them */
  @Get('trade-missions/:id/delegates')
  @Permit('records:read')
  @ApiList(DelegateDto, delegatesList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<DelegateDto>> {
    return presentPage(await this.reader.listOf(id, request), presentDelegate);
  }

  /**
   * Adds somebody to a mission and books them for its itinerary
   *
   * 409 delegate_exists for the same person twice, head_exists for a second head, double_booked with what they are booked for.
   */
  @Post('trade-missions/:id/delegates')
  @CreatesIn('/v1/delegates')
  async create(@Id() missionId: string, @Body() body: CreateDelegateDto): Promise<NewDelegateDto> {
    const { id, planned } = await this.delegates.create(missionId, body);
    return { ...presentDelegate(await this.reader.get(id)), plannedMessages: presentPlanned(planned) };
  }

  /** How far a mission is prepared: statuses, visas, overdue milestones, and whom something is missing */
  @Get('trade-missions/:id/readiness')
  @Permit('records:read')
  async ready(@Id() id: string): Promise<MissionReadinessDto> {
    return presentReadiness(await this.readiness.get(id));
  }

  /** One delegate, and the meetings they are to take part in */
  @Get('delegates/:id')
  @Permit('records:read')
  get(@Id() id: string): Promise<DelegateDetailDto> {
    return this.answer(id);
  }

  /**
   * Changes a delegate
   *
   * Whoever declines or withdraws is free of the itinerary and is not reminded any more; meetingsAhead names the meetings that
   * staff have to re-plan or cancel. Whoever comes back is booked again: 409 double_booked where they are booked elsewhere by now.
   */
  @Patch('delegates/:id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateDelegateDto,
    @IfMatch() version?: number,
  ): Promise<DelegateDetailDto> {
    await this.delegates.update(id, body, version);
    return this.answer(id);
  }

  /** Takes a delegate out of the mission: what they held is free again, and their invitation is withdrawn, which tells them */
  @Delete('delegates/:id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.delegates.archive(id, version);
  }

  private async answer(id: string): Promise<DelegateDetailDto> {
    const row = await this.reader.get(id);
    const meetings = await this.reader.meetingsAhead(row);
    return { ...presentDelegate(row), meetingsAhead: meetings.map(presentMeetingAhead) };
  }
}
