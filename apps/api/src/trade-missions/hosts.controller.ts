import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { HostsReader, hostsList, HostsService } from '#trade-missions';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateHostDto, HostDto, UpdateHostDto } from './trade-mission.dto.js';
import { presentHost } from './trade-mission.presenter.js';

@ApiTags('Trade missions')
@Controller('v1')
@Permit('missions:write')
export class HostsController {
  constructor(
    private readonly hosts: HostsService,
    private readonly reader: HostsReader,
  ) {}

  /** Organizations that receive the delegates of a mission, by name */
  @Get('trade-missions/:id/hosts')
  @Permit('records:read')
  @ApiList(HostDto, hostsList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<HostDto>> {
    return presentPage(await this.reader.listOf(id, request), presentHost);
  }

  /** Adds a host to a mission; the same organization twice is 409 host_exists */
  @Post('trade-missions/:id/hosts')
  @CreatesIn('/v1/hosts')
  async create(@Id() missionId: string, @Body() body: CreateHostDto): Promise<HostDto> {
    const { id } = await this.hosts.create(missionId, body);
    return this.answer(id);
  }

  /** One host; an archived one is still found here */
  @Get('hosts/:id')
  @Permit('records:read')
  get(@Id() id: string): Promise<HostDto> {
    return this.answer(id);
  }

  /** Changes a host; one who declined keeps what was planned with it, and nothing new is */
  @Patch('hosts/:id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateHostDto, @IfMatch() version?: number): Promise<HostDto> {
    await this.hosts.update(id, body, version);
    return this.answer(id);
  }

  /** Takes a host out of its mission; what names it goes on naming it */
  @Delete('hosts/:id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.hosts.archive(id, version);
  }

  private async answer(id: string): Promise<HostDto> {
    return presentHost(await this.reader.get(id));
  }
}
