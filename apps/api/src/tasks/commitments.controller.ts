import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { CommitmentsReader, commitmentsList, CommitmentsService } from '#tasks';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CommitmentDto, CreateCommitmentDto, FulfilmentDto, UpdateCommitmentDto } from './commitment.dto.js';
import { presentCommitment } from './commitment.presenter.js';

@ApiTags('Tasks and commitments')
@Controller('v1/commitments')
@Permit('tasks:write')
export class CommitmentsController {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly reader: CommitmentsReader,
  ) {}

  /** Lists who promised whom what, the earliest due first */
  @Get()
  @Permit('records:read')
  @ApiList(CommitmentDto, commitmentsList)
  async list(@ListQuery() request: ListRequest): Promise<Page<CommitmentDto>> {
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

  /** The promise was kept, and this shows it */
  @Post(':id/fulfilment')
  @HttpCode(200)
  async fulfil(@Id() id: string, @Body() { evidence }: FulfilmentDto): Promise<CommitmentDto> {
    await this.commitments.fulfil(id, evidence);
    return presentCommitment(await this.reader.get(id));
  }
}
