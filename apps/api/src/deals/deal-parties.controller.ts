import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { DealPartiesReader, dealPartiesList, DealPartiesService } from '#deals';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateDealPartyDto, DealPartyDto, UpdateDealPartyDto } from './deal-party.dto.js';
import { presentDealParty } from './deal.presenter.js';

@ApiTags('Deals')
@Controller('v1')
@Permit('deals:write')
export class DealPartiesController {
  constructor(
    private readonly parties: DealPartiesService,
    private readonly reader: DealPartiesReader,
  ) {}

  /** Organizations that have a part in a deal, in the order in which they were added */
  @Get('deals/:id/parties')
  @Permit('records:read')
  @ApiList(DealPartyDto, dealPartiesList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<DealPartyDto>> {
    return presentPage(await this.reader.listOf(id, request), presentDealParty);
  }

  /** Adds a party; the same organization twice in one role is 409 party_exists */
  @Post('deals/:id/parties')
  @CreatesIn('/v1/deal-parties')
  async create(@Id() dealId: string, @Body() body: CreateDealPartyDto): Promise<DealPartyDto> {
    const { id } = await this.parties.create(dealId, body);
    return this.answer(id);
  }

  /** One party; an archived one is still found here */
  @Get('deal-parties/:id')
  @Permit('records:read')
  get(@Id() id: string): Promise<DealPartyDto> {
    return this.answer(id);
  }

  /** Changes whom to speak to, and what is noted; another role is another party */
  @Patch('deal-parties/:id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateDealPartyDto, @IfMatch() version?: number): Promise<DealPartyDto> {
    await this.parties.update(id, body, version);
    return this.answer(id);
  }

  /** Takes a party out of its deal */
  @Delete('deal-parties/:id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.parties.archive(id, version);
  }

  private async answer(id: string): Promise<DealPartyDto> {
    return presentDealParty(await this.reader.get(id));
  }
}
