import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { TradeMissionsReader, tradeMissionsList, TradeMissionsService } from '#trade-missions';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateTradeMissionDto, TradeMissionDto, UpdateTradeMissionDto } from './trade-mission.dto.js';
import { presentTradeMission } from './trade-mission.presenter.js';

@ApiTags('Trade missions')
@Controller('v1/trade-missions')
@Permit('missions:write')
export class TradeMissionsController {
  constructor(
    private readonly missions: TradeMissionsService,
    private readonly reader: TradeMissionsReader,
  ) {}

  /** Lists trade missions, the latest first */
  @Get()
  @Permit('records:read')
  @ApiList(TradeMissionDto, tradeMissionsList)
  async list(@ListQuery() request: ListRequest): Promise<Page<TradeMissionDto>> {
    return presentPage(await this.reader.list(request), presentTradeMission);
  }

  /** One trade mission with its sponsor and officer; an archived one is still found here */
  @Get(':id')
  @Permit('records:read')
  get(@Id() id: string): Promise<TradeMissionDto> {
    return this.answer(id);
  }

  /** Adds a trade mission */
  @Post()
  @CreatesIn('/v1/trade-missions')
  async create(@Body() body: CreateTradeMissionDto): Promise<TradeMissionDto> {
    const { id } = await this.missions.create(body);
    return this.answer(id);
  }

  /** Changes the fields given; status cancelled frees every delegate, new days must hold the itinerary or move it along */
  @Patch(':id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateTradeMissionDto,
    @IfMatch() version?: number,
  ): Promise<TradeMissionDto> {
    await this.missions.update(id, body, version);
    return this.answer(id);
  }

  /** Takes a mission out of the lists, frees its delegates, takes back its mails and tells whoever knew of it */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.missions.archive(id, version);
  }

  private async answer(id: string): Promise<TradeMissionDto> {
    return presentTradeMission(await this.reader.get(id, ['sponsor', 'owner']));
  }
}
