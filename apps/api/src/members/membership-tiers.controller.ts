import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { MembershipTiersReader, membershipTiersList, MembershipTiersService } from '#members';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateMembershipTierDto, MembershipTierDto, UpdateMembershipTierDto } from './membership.dto.js';
import { presentTier } from './membership.presenter.js';

@ApiTags('Members')
@Controller('v1/membership-tiers')
@Permit('settings:write')
export class MembershipTiersController {
  constructor(
    private readonly tiers: MembershipTiersService,
    private readonly reader: MembershipTiersReader,
  ) {}

  /** Lists tiers */
  @Get()
  @Permit('records:read')
  @ApiList(MembershipTierDto, membershipTiersList)
  async list(@ListQuery() request: ListRequest): Promise<Page<MembershipTierDto>> {
    return presentPage(await this.reader.list(request), presentTier);
  }

  /** One tier */
  @Get(':id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<MembershipTierDto> {
    return presentTier(await this.reader.get(id));
  }

  /** Adds a tier */
  @Post()
  @CreatesIn('/v1/membership-tiers')
  async create(@Body() body: CreateMembershipTierDto): Promise<MembershipTierDto> {
    const { id } = await this.tiers.create(body);
    return presentTier(await this.reader.get(id));
  }

  /** Changes a tier; grace days take effect at once for everybody in it */
  @Patch(':id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateMembershipTierDto,
    @IfMatch() version?: number,
  ): Promise<MembershipTierDto> {
    await this.tiers.update(id, body, version);
    return presentTier(await this.reader.get(id));
  }

  /** Takes a tier out of use; one that somebody is in stays */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.tiers.archive(id, version);
  }
}
