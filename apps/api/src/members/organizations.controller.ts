import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { OrganizationsReader, organizationsList, OrganizationsService, PositionsReader, positionsList } from '#members';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateOrganizationDto, OrganizationDto, UpdateOrganizationDto } from './organization.dto.js';
import { presentOrganization } from './organization.presenter.js';
import { PositionDto } from './person.dto.js';
import { presentPosition } from './person.presenter.js';

@ApiTags('Members')
@Controller('v1/organizations')
@Permit('directory:write')
export class OrganizationsController {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly reader: OrganizationsReader,
    private readonly positions: PositionsReader,
  ) {}

  /** Lists organizations */
  @Get()
  @Permit('records:read')
  @ApiList(OrganizationDto, organizationsList)
  async list(@ListQuery() request: ListRequest): Promise<Page<OrganizationDto>> {
    return presentPage(await this.reader.list(request), presentOrganization);
  }

  /** One organization; an archived one is still found here */
  @Get(':id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<OrganizationDto> {
    return presentOrganization(await this.reader.get(id, ['parent']));
  }

  /** Adds an organization to the directory */
  @Post()
  @CreatesIn('/v1/organizations')
  async create(@Body() body: CreateOrganizationDto): Promise<OrganizationDto> {
    const { id } = await this.organizations.create(body);
    return presentOrganization(await this.reader.get(id));
  }

  /** Changes the fields given; null clears one */
  @Patch(':id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateOrganizationDto,
    @IfMatch() version?: number,
  ): Promise<OrganizationDto> {
    await this.organizations.update(id, body, version);
    return presentOrganization(await this.reader.get(id));
  }

  /** Puts an archived organization back into the lists */
  @Post(':id/restoration')
  @HttpCode(200)
  async restore(@Id() id: string): Promise<OrganizationDto> {
    await this.organizations.restore(id);
    return presentOrganization(await this.reader.get(id));
  }

  /** Lists who holds, or held, which title at an organization; filter[current]=true narrows to today */
  @Get(':id/people')
  @Permit('records:read')
  @ApiList(PositionDto, positionsList)
  async listPeople(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<PositionDto>> {
    await this.reader.get(id);
    return presentPage(await this.positions.listAt(id, request), presentPosition);
  }

  /** Takes an organization out of the lists; links to it stay */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.organizations.archive(id, version);
  }
}
