import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { DealsReader, dealsList, DealsService } from '#deals';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateDealDto, DealDto, UpdateDealDto } from './deal.dto.js';
import { presentDeal } from './deal.presenter.js';

@ApiTags('Deals')
@Controller('v1/deals')
@Permit('deals:write')
export class DealsController {
  constructor(
    private readonly deals: DealsService,
    private readonly reader: DealsReader,
  ) {}

  /** Lists deals, the newest first; filter[partyId] takes those of an organization in any role */
  @Get()
  @Permit('records:read')
  @ApiList(DealDto, dealsList)
  @ApiQuery({
    name: 'ownerId',
    required: false,
    type: String,
    description: 'Like filter[ownerId]; `me` is the caller.',
  })
  @ApiQuery({ name: 'open', required: false, type: Boolean, description: 'Like filter[open].' })
  @ApiQuery({ name: 'stalled', required: false, type: Boolean, description: 'Like filter[stalled].' })
  async list(@ListQuery(['ownerId', 'open', 'stalled']) request: ListRequest): Promise<Page<DealDto>> {
    return presentPage(await this.reader.list(request), presentDeal);
  }

  /** One deal with its parties and its owner; an archived one is still found here */
  @Get(':id')
  @Permit('records:read')
  get(@Id() id: string): Promise<DealDto> {
    return this.answer(id);
  }

  /**
   * Adds a deal; the stage it begins with is the first of its history
   *
   * Percent of each stage unless somebody says otherwise: lead 5, qualified 10, scoping 20, feasibility_study 30, feed 40,
   * financing 55, negotiation 70, contract 90, implementation 95, closed_won 100, closed_lost 0; on_hold keeps what it had.
   */
  @Post()
  @CreatesIn('/v1/deals')
  async create(@Body() body: CreateDealDto): Promise<DealDto> {
    const { id } = await this.deals.create(body);
    return this.answer(id);
  }

  /** Changes the fields given; the stage has a history, and changes by stage-changes */
  @Patch(':id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateDealDto, @IfMatch() version?: number): Promise<DealDto> {
    const { stage: _, ...patch } = body;
    await this.deals.update(id, patch, version);
    return this.answer(id);
  }

  /** Takes a deal out of the lists; what points at it goes on pointing */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.deals.archive(id, version);
  }

  private async answer(id: string): Promise<DealDto> {
    return presentDeal(await this.reader.get(id, ['owner', 'parties']));
  }
}
