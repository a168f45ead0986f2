import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SpeakersReader, speakersList, SpeakersService } from '#conferences';
import { listRequest, type ListRequest, MAX_LIMIT, type Page } from '#database';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateSpeakerDto, SpeakerDto, SpeakerOrderDto, UpdateSpeakerDto } from './session.dto.js';
import { presentSpeaker } from './session.presenter.js';

@ApiTags('Conferences')
@Controller('v1')
@Permit('events:write')
export class SpeakersController {
  constructor(
    private readonly speakers: SpeakersService,
    private readonly reader: SpeakersReader,
  ) {}

  /** Everybody asked to speak in a session, in order of precedence */
  @Get('sessions/:id/speakers')
  @Permit('records:read')
  @ApiList(SpeakerDto, speakersList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<SpeakerDto>> {
    return presentPage(await this.reader.listOf(id, request), presentSpeaker);
  }

  /** Adds a speaker and books them for the session; 409 double_booked names what they are booked for */
  @Post('sessions/:id/speakers')
  @CreatesIn('/v1/speakers')
  async create(@Id() sessionId: string, @Body() body: CreateSpeakerDto): Promise<SpeakerDto> {
    const { id } = await this.speakers.create(sessionId, body);
    return presentSpeaker(await this.reader.get(id));
  }

  /** Puts the speakers of a session in order of precedence, all at once */
  @Post('sessions/:id/speaker-order')
  @HttpCode(200)
  async reorder(@Id() sessionId: string, @Body() { speakerIds }: SpeakerOrderDto): Promise<{ data: SpeakerDto[] }> {
    await this.speakers.reorder(sessionId, speakerIds);
    const { data } = await this.reader.listOf(sessionId, listRequest({ limit: MAX_LIMIT }));
    return { data: data.map(presentSpeaker) };
  }

  /** One person's part in one session */
  @Get('speakers/:id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<SpeakerDto> {
    return presentSpeaker(await this.reader.get(id));
  }

  /** Changes role, order, billing or answer; declined and withdrawn free the person */
  @Patch('speakers/:id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateSpeakerDto, @IfMatch() version?: number): Promise<SpeakerDto> {
    await this.speakers.update(id, body, version);
    return presentSpeaker(await this.reader.get(id));
  }

  /** Takes somebody out of a session and frees them */
  @Delete('speakers/:id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.speakers.archive(id, version);
  }
}
