import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import {
  MembersReader,
  membersList,
  membershipRenewalsList,
  MembershipsReader,
  membershipsList,
  MembershipsService,
  PeopleReader,
  personMembershipsList,
} from '#members';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import {
  CreateMembershipDto,
  MemberDto,
  MembershipCancellationDto,
  MembershipDto,
  MembershipRenewalDto,
  PersonMembershipDto,
  RenewalDto,
  UpdateMembershipDto,
} from './membership.dto.js';
import {
  presentMember,
  presentMembership,
  presentMembershipRenewal,
  presentPersonMembership,
} from './membership.presenter.js';

@ApiTags('Members')
@Controller('v1')
@Permit('memberships:write')
export class MembershipsController {
  constructor(
    private readonly memberships: MembershipsService,
    private readonly reader: MembershipsReader,
    private readonly members: MembersReader,
    private readonly people: PeopleReader,
  ) {}

  /** Who is a member now, with tier, term and first contact; filter[status] widens it */
  @Get('members')
  @Permit('records:read')
  @ApiList(MemberDto, membersList)
  async listMembers(@ListQuery() request: ListRequest): Promise<Page<MemberDto>> {
    return presentPage(await this.members.list(request), presentMember);
  }

  /** Lists memberships, past ones included */
  @Get('memberships')
  @Permit('records:read')
  @ApiList(MembershipDto, membershipsList)
  async list(@ListQuery() request: ListRequest): Promise<Page<MembershipDto>> {
    return presentPage(await this.reader.list(request), presentMembership);
  }

  /** Lists a person's memberships: their own, and those of the organizations they work at now */
  @Get('people/:id/memberships')
  @Permit('records:read')
  @ApiList(PersonMembershipDto, personMembershipsList)
  async listOf(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<PersonMembershipDto>> {
    await this.people.get(id);
    return presentPage(await this.reader.listOf(id, request), presentPersonMembership);
  }

  /** Lists how often a membership was renewed, the first time first */
  @Get('memberships/:id/renewals')
  @Permit('records:read')
  @ApiList(MembershipRenewalDto, membershipRenewalsList)
  async renewals(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<MembershipRenewalDto>> {
    await this.reader.get(id);
    return presentPage(await this.reader.renewals(id, request), presentMembershipRenewal);
  }

  /** One membership with its renewals, and whom its reminders go to */
  @Get('memberships/:id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<MembershipDto> {
    return this.answer(id);
  }

  /** Makes an organization or a person a member; one membership at a time each. Plans the renewal reminders */
  @Post('memberships')
  @CreatesIn('/v1/memberships')
  async create(@Body() body: CreateMembershipDto): Promise<MembershipDto> {
    const { id } = await this.memberships.create(body);
    return this.answer(id);
  }

  /** Changes tier or dates; the member stays */
  @Patch('memberships/:id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateMembershipDto,
    @IfMatch() version?: number,
  ): Promise<MembershipDto> {
    await this.memberships.update(id, body, version);
    return this.answer(id);
  }

  /** Takes a membership out of the lists */
  @Delete('memberships/:id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.memberships.archive(id, version);
  }

  /** Renews: the same membership ends later, and its history says so; unless endsOn is given a year after the end, or after yesterday where that is later */
  @Post('memberships/:id/renewals')
  @CreatesIn('/v1/memberships')
  async renew(@Id() id: string, @Body() { endsOn }: RenewalDto): Promise<MembershipDto> {
    await this.memberships.renew(id, endsOn);
    return this.answer(id);
  }

  /** Ends a membership today; its reminders are taken back */
  @Post('memberships/:id/cancellation')
  @HttpCode(200)
  async cancel(@Id() id: string, @Body() { reason }: MembershipCancellationDto): Promise<MembershipDto> {
    await this.memberships.cancel(id, reason);
    return this.answer(id);
  }

  private async answer(id: string): Promise<MembershipDto> {
    return presentMembership(await this.reader.get(id, ['renewals', 'reminderContact']));
  }
}
