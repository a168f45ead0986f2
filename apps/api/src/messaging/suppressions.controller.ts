import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { SuppressionsReader, suppressionsList, SuppressionsService } from '#messaging';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateSuppressionDto, SuppressionDto } from './message.dto.js';
import { presentSuppression } from './messaging.presenter.js';

@ApiTags('Invitations and messages')
@Controller('v1/suppressions')
@Permit('messages:read')
export class SuppressionsController {
  constructor(
    private readonly suppressions: SuppressionsService,
    private readonly reader: SuppressionsReader,
  ) {}

  /** Lists addresses that must not be mailed */
  @Get()
  @ApiList(SuppressionDto, suppressionsList)
  async list(@ListQuery() request: ListRequest): Promise<Page<SuppressionDto>> {
    return presentPage(await this.reader.list(request), presentSuppression);
  }

  /** One suppressed address */
  @Get(':id')
  async get(@Id() id: string): Promise<SuppressionDto> {
    return presentSuppression(await this.reader.get(id));
  }

  /** Suppresses an address and everything still planned for it; twice is the same as once */
  @Post()
  @Permit('messages:write')
  @CreatesIn('/v1/suppressions')
  async create(@Body() body: CreateSuppressionDto): Promise<SuppressionDto> {
    const { id } = await this.suppressions.add(body);
    return presentSuppression(await this.reader.get(id));
  }

  /** Lets an address be mailed again; what was suppressed meanwhile stays unsent */
  @Delete(':id')
  @HttpCode(204)
  @Permit('settings:write')
  remove(@Id() id: string): Promise<void> {
    return this.suppressions.remove(id);
  }
}
