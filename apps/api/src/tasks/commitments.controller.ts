import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { CommitmentsReader, commitmentsList, CommitmentsService, type Evidence, type Settlement } from '#tasks';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import {
  CommitmentDto,
  CommitmentReopeningDto,
  CreateCommitmentDto,
  FulfilmentDto,
  UpdateCommitmentDto,
} from './commitment.dto.js';
import { presentCommitment } from './commitment.presenter.js';

@ApiTags('Tasks and commitments')
@Controller('v1/commitments')
@Permit('tasks:write')
export class CommitmentsController {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly reader: CommitmentsReader,
  ) {}

  /**
   * Lists who promised whom what, the earliest due first. filter[partyId] is on either side; filter[eventId] is about the
   * event, its sessions, or meetings about them; filter[closing] has a window that closes within 14 days
   */
  @Get()
  @Permit('records:read')
  @ApiList(CommitmentDto, commitmentsList)
  @ApiQuery({
    name: 'ownerId',
    required: false,
    type: String,
    description: 'Like filter[ownerId]; `me` is the caller.',
  })
  @ApiQuery({ name: 'open', required: false, type: Boolean, description: 'Like filter[open].' })
  @ApiQuery({ name: 'closing', required: false, type: Boolean, description: 'Like filter[closing].' })
  async list(@ListQuery(['ownerId', 'open', 'closing']) request: ListRequest): Promise<Page<CommitmentDto>> {
    return presentPage(await this.reader.list(request), presentCommitment);
  }

  /** One commitment; an archived one is still found here */
  @Get(':id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<CommitmentDto> {
    return presentCommitment(await this.reader.get(id));
  }

  /** Writes down a promise */
  @Post()
  @CreatesIn('/v1/commitments')
  async create(@Body() body: CreateCommitmentDto): Promise<CommitmentDto> {
    const { id } = await this.commitments.create(body);
    return presentCommitment(await this.reader.get(id));
  }

  /** Changes the fields given; a status other than open needs evidence */
  @Patch(':id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateCommitmentDto,
    @IfMatch() version?: number,
  ): Promise<CommitmentDto> {
    await this.commitments.update(id, body, version);
    return presentCommitment(await this.reader.get(id));
  }

  /** Takes a commitment out of the lists */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.commitments.archive(id, version);
  }

  /** The promise was kept, and this shows it; nothing more is sent about it */
  @Post(':id/fulfilment')
  @HttpCode(200)
  fulfil(@Id() id: string, @Body() { evidence }: FulfilmentDto): Promise<CommitmentDto> {
    return this.settle(id, 'kept', evidence);
  }

  /** The promise was not kept, and this shows it; nothing more is sent about it */
  @Post(':id/breach')
  @HttpCode(200)
  breach(@Id() id: string, @Body() { evidence }: FulfilmentDto): Promise<CommitmentDto> {
    return this.settle(id, 'broken', evidence);
  }

  /** Whom it was promised does not want it any more, and this shows it; nothing more is sent about it */
  @Post(':id/release')
  @HttpCode(200)
  release(@Id() id: string, @Body() { evidence }: FulfilmentDto): Promise<CommitmentDto> {
    return this.settle(id, 'released', evidence);
  }

  /** It is open after all; its evidence goes to the audit trail, and reminders still to come are planned again */
  @Post(':id/reopening')
  @HttpCode(200)
  async reopen(@Id() id: string, @Body() { note }: CommitmentReopeningDto): Promise<CommitmentDto> {
    await this.commitments.reopen(id, note);
    return presentCommitment(await this.reader.get(id));
  }

  private async settle(id: string, as: Settlement, evidence: Evidence): Promise<CommitmentDto> {
    await this.commitments.settle(id, as, evidence);
    return presentCommitment(await this.reader.get(id));
  }
}
