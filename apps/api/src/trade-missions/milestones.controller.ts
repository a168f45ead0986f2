import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { MilestonesReader, milestonesList, MilestonesService } from '#trade-missions';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { presentPlanned } from '../messaging/planned-message.presenter.js';
import {
  CreateMilestoneDto,
  MilestoneDto,
  NewMilestoneDto,
  NewMilestonesDto,
  UpdateMilestoneDto,
} from './milestone.dto.js';
import { presentMilestone } from './milestone.presenter.js';

@ApiTags('Trade missions')
@Controller('v1')
@Permit('missions:write')
export class MilestonesController {
  constructor(
    private readonly milestones: MilestonesService,
    private readonly reader: MilestonesReader,
  ) {}

  /** What a delegate has to have done, the first due first */
  @Get('delegates/:id/milestones')
  @Permit('records:read')
  @ApiList(MilestoneDto, milestonesList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<MilestoneDto>> {
    return presentPage(await this.reader.listOf(id, request), presentMilestone);
  }

  /** Adds a milestone to a delegate, and plans its reminders */
  @Post('delegates/:id/milestones')
  @CreatesIn('/v1/milestones')
  async create(@Id() delegateId: string, @Body() body: CreateMilestoneDto): Promise<NewMilestoneDto> {
    const { ids, planned } = await this.milestones.create(delegateId, body);
    return { ...(await this.answer(ids[0] ?? '')), plannedMessages: presentPlanned(planned) };
  }

  /** What all delegates of a mission have to have done, the first due first */
  @Get('trade-missions/:id/milestones')
  @Permit('records:read')
  @ApiList(MilestoneDto, milestonesList)
  async listOfMission(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<MilestoneDto>> {
    return presentPage(await this.reader.listOfMission(id, request), presentMilestone);
  }

  /** Adds the same milestone to every delegate who takes part and has none of its kind. Safe to repeat */
  @Post('trade-missions/:id/milestones')
  async createForAll(@Id() missionId: string, @Body() body: CreateMilestoneDto): Promise<NewMilestonesDto> {
    const { ids, planned } = await this.milestones.createForAll(missionId, body);
    const rows = await this.reader.among(ids);
    return { data: rows.map(presentMilestone), plannedMessages: presentPlanned(planned) };
  }

  /** One milestone */
  @Get('milestones/:id')
  @Permit('records:read')
  get(@Id() id: string): Promise<MilestoneDto> {
    return this.answer(id);
  }

  /** Changes a milestone; its reminders move with it */
  @Patch('milestones/:id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateMilestoneDto, @IfMatch() version?: number): Promise<MilestoneDto> {
    await this.milestones.update(id, body, version);
    return this.answer(id);
  }

  /** Marks a milestone as done; nobody is reminded of it any more. Safe to repeat */
  @Post('milestones/:id/completion')
  @HttpCode(200)
  async complete(@Id() id: string): Promise<MilestoneDto> {
    await this.milestones.complete(id);
    return this.answer(id);
  }

  /** Marks a milestone as not done after all; reminders still to come are planned again. Safe to repeat */
  @Post('milestones/:id/reopening')
  @HttpCode(200)
  async reopen(@Id() id: string): Promise<MilestoneDto> {
    await this.milestones.reopen(id);
    return this.answer(id);
  }

  /** Removes a milestone and its reminders */
  @Delete('milestones/:id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.milestones.archive(id, version);
  }

  private async answer(id: string): Promise<MilestoneDto> {
    return presentMilestone(await this.reader.get(id));
  }
}
