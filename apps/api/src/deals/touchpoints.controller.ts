import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { TouchpointsReader, touchpointsList, TouchpointsService } from '#deals';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateTouchpointDto, TouchpointDto, UpdateTouchpointDto } from './touchpoint.dto.js';
import { presentTouchpoint } from './touchpoint.presenter.js';

@ApiTags('Deals')
@Controller('v1')
@Permit('deals:write')
export class TouchpointsController {
  constructor(
    private readonly touchpoints: TouchpointsService,
    private readonly reader: TouchpointsReader,
  ) {}

  /** What touched a deal, the earliest first; side meetings with its dealId among them */
  @Get('deals/:id/touchpoints')
  @Permit('records:read')
  @ApiList(TouchpointDto, touchpointsList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<TouchpointDto>> {
    return presentPage(await this.reader.listOf(id, request), presentTouchpoint);
  }

  /** Writes down what touched a deal; the same record with the same effect twice is 409 touchpoint_exists */
  @Post('deals/:id/touchpoints')
  @CreatesIn('/v1/touchpoints')
  async create(@Id() dealId: string, @Body() body: CreateTouchpointDto): Promise<TouchpointDto> {
    const { id } = await this.touchpoints.create(dealId, body);
    return this.answer(id);
  }

  /** One touchpoint; an archived one is still found here */
  @Get('touchpoints/:id')
  @Permit('records:read')
  get(@Id() id: string): Promise<TouchpointDto> {
    return this.answer(id);
  }

  /** Changes the fields given */
  @Patch('touchpoints/:id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateTouchpointDto,
    @IfMatch() version?: number,
  ): Promise<TouchpointDto> {
    await this.touchpoints.update(id, body, version);
    return this.answer(id);
  }

  /** Takes a touchpoint off a deal */
  @Delete('touchpoints/:id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.touchpoints.archive(id, version);
  }

  private async answer(id: string): Promise<TouchpointDto> {
    return presentTouchpoint(await this.reader.get(id));
  }
}
