import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ListRequest, Page } from '#database';
import { MergeRevertsService, MergesReader, mergesList, MergesService } from '#merges';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { MergeDto, MergeRequestDto, MergeSummaryDto } from './merge.dto.js';
import { presentMerge, presentMergeRow } from './merge.presenter.js';

@ApiTags('Members')
@Controller('v1')
@Permit('directory:write')
export class MergesController {
  constructor(
    private readonly merges: MergesService,
    private readonly reverts: MergeRevertsService,
    private readonly reader: MergesReader,
  ) {}

  /** Makes several people one; with dryRun it only tells what would move */
  @Post('people/merges')
  @CreatesIn('/v1/merges')
  @ApiCreatedResponse({ type: MergeDto, description: 'What moved, and what could not' })
  @ApiOkResponse({ type: MergeDto, description: 'After a dry run' })
  mergePeople(@Body() body: MergeRequestDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<MergeDto> {
    return this.merge('person', body, reply);
  }

  /** Makes several organizations one; with dryRun it only tells what would move */
  @Post('organizations/merges')
  @CreatesIn('/v1/merges')
  @ApiCreatedResponse({ type: MergeDto, description: 'What moved, and what could not' })
  @ApiOkResponse({ type: MergeDto, description: 'After a dry run' })
  mergeOrganizations(
    @Body() body: MergeRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MergeDto> {
    return this.merge('organization', body, reply);
  }

  /** Lists merges, those taken back included */
  @Get('merges')
  @Permit('records:read')
  @ApiList(MergeSummaryDto, mergesList)
  async list(@ListQuery() request: ListRequest): Promise<Page<MergeSummaryDto>> {
    return presentPage(await this.reader.list(request), presentMergeRow);
  }

  /** One merge: what moved, what could not, and the record it made */
  @Get('merges/:id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<MergeDto> {
    return presentMerge(await this.reader.get(id));
  }

  /** Takes a merge back; what people changed since stays, and is listed */
  @Post('merges/:id/revert')
  @HttpCode(200)
  async revert(@Id() id: string): Promise<MergeDto> {
    await this.reverts.revert(id);
    return presentMerge(await this.reader.get(id));
  }

  private async merge(type: 'person' | 'organization', body: MergeRequestDto, reply: FastifyReply): Promise<MergeDto> {
    const fields = Object.fromEntries(
      Object.entries(body.fields ?? {}).map(([field, id]) => [field, id.toLowerCase()]),
    );
    const answer = presentMerge(await this.merges.merge(type, { ...body, fields }));
    if (answer.dryRun) void reply.status(200);
    return answer;
  }
}
