import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { StageChangesReader, stageChangesList, StageChangesService } from '#deals';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateStageChangeDto, ReopeningDto, StageChangeDto } from './stage-change.dto.js';
import { presentStageChange } from './stage-change.presenter.js';

@ApiTags('Deals')
@Controller('v1')
@Permit('deals:write')
export class StageChangesController {
  constructor(
    private readonly changes: StageChangesService,
    private readonly reader: StageChangesReader,
  ) {}

  /** The stages that a deal went through, the first one first: who, when, from, to, why, and what shows it */
  @Get('deals/:id/stage-changes')
  @Permit('records:read')
  @ApiList(StageChangeDto, stageChangesList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<StageChangeDto>> {
    return presentPage(await this.reader.listOf(id, request), presentStageChange);
  }

  /**
   * Moves a deal to another stage; stages may be skipped, and taken back
   *
   * 409 same_stage where it is there already, deal_closed where it is closed: that takes a reopening.
   */
  @Post('deals/:id/stage-changes')
  @CreatesIn('/v1/stage-changes')
  async create(@Id() dealId: string, @Body() body: CreateStageChangeDto): Promise<StageChangeDto> {
    return this.answer(await this.changes.change(dealId, body));
  }

  /** Takes the end of a closed deal back; 409 deal_open where it is not closed */
  @Post('deals/:id/reopening')
  @CreatesIn('/v1/stage-changes')
  async reopen(@Id() dealId: string, @Body() body: ReopeningDto): Promise<StageChangeDto> {
    return this.answer(await this.changes.reopen(dealId, body));
  }

  /** One stage change; it is never changed, a further one puts right what was wrong */
  @Get('stage-changes/:id')
  @Permit('records:read')
  get(@Id() id: string): Promise<StageChangeDto> {
    return this.answer(id);
  }

  private async answer(id: string): Promise<StageChangeDto> {
    return presentStageChange(await this.reader.get(id));
  }
}
