import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SessionsReader, sessionsList, SessionsService } from '#conferences';
import type { ListRequest, Page } from '#database';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateSessionDto, SessionDto, UpdateSessionDto } from './session.dto.js';
import { presentSession } from './session.presenter.js';

@ApiTags('Conferences')
@Controller('v1')
@Permit('events:write')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly reader: SessionsReader,
  ) {}

  /** Sessions of one conference, the earliest first */
  @Get('conferences/:id/sessions')
  @Permit('records:read')
  @ApiList(SessionDto, sessionsList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<SessionDto>> {
    return presentPage(await this.reader.listOf(id, request), presentSession);
  }

  /** Adds a session and books its room; 409 double_booked names what it clashes with */
  @Post('conferences/:id/sessions')
  @CreatesIn('/v1/sessions')
  async create(@Id() conferenceId: string, @Body() body: CreateSessionDto): Promise<SessionDto> {
    const { id } = await this.sessions.create(conferenceId, body);
    return this.answer(id);
  }

  /** One session with its room and speakers */
  @Get('sessions/:id')
  @Permit('records:read')
  get(@Id() id: string): Promise<SessionDto> {
    return this.answer(id);
  }

  /** Changes a session; a new time or room moves what is booked for it, or is 409 double_booked */
  @Patch('sessions/:id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateSessionDto, @IfMatch() version?: number): Promise<SessionDto> {
    await this.sessions.update(id, body, version);
    return this.answer(id);
  }

  /** Takes a session out of the agenda and frees its room and speakers */
  @Delete('sessions/:id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.sessions.archive(id, version);
  }

  private async answer(id: string): Promise<SessionDto> {
    return presentSession(await this.reader.get(id, ['room', 'speakers']));
  }
}
