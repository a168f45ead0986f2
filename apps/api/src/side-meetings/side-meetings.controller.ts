import { Body, Controller, Delete, Get, Header, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { SideMeetingsReader, sideMeetingsList, SideMeetingsService } from '#side-meetings';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import {
  ChangedSideMeetingDto,
  LoggedSideMeetingDto,
  SideMeetingDto,
  WholeSideMeetingDto,
} from './side-meeting-answer.dto.js';
import { CreateSideMeetingDto, UpdateSideMeetingDto } from './side-meeting.dto.js';
import { presentCreated, presentSideMeeting } from './side-meeting.presenter.js';
import { WholeSideMeetings } from './whole-side-meetings.js';

@ApiTags('Side meetings')
@Controller('v1/side-meetings')
@Permit('meetings:write')
export class SideMeetingsController {
  constructor(
    private readonly meetings: SideMeetingsService,
    private readonly reader: SideMeetingsReader,
    private readonly whole: WholeSideMeetings,
  ) {}

  /** Lists side meetings, the latest first; restricted ones only to their owners and managers */
  @Get()
  @Permit('records:read')
  @ApiList(SideMeetingDto, sideMeetingsList)
  async list(@ListQuery() request: ListRequest): Promise<Page<SideMeetingDto>> {
    return presentPage(await this.reader.list(request), presentSideMeeting);
  }

  /** The meeting as an iCalendar file (RFC 5545); 409 while it has no exact time */
  @Get(':id.ics')
  @Permit('records:read')
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @ApiProduces('text/calendar')
  calendar(@Id() id: string): Promise<string> {
    return this.reader.calendar(id);
  }

  /** One meeting with its participants, follow-ups and commitments */
  @Get(':id')
  @Permit('records:read')
  get(@Id() id: string): Promise<WholeSideMeetingDto> {
    return this.whole.answer(id);
  }

  /** Logs a meeting with who took part, what was said, and what is to follow, all or nothing */
  @Post()
  @CreatesIn('/v1/side-meetings')
  async log(@Body() body: CreateSideMeetingDto): Promise<LoggedSideMeetingDto> {
    const { id, created, planned } = await this.meetings.log(body);
    return { ...(await this.whole.changed(id, planned)), created: presentCreated(created) };
  }

  /** Changes the fields given; a scheduled meeting takes its bookings and reminders along */
  @Patch(':id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateSideMeetingDto,
    @IfMatch() version?: number,
  ): Promise<ChangedSideMeetingDto> {
    return this.whole.changed(id, await this.meetings.update(id, body, version));
  }

  /** Takes a meeting out of the lists, frees everybody, takes back its reminders and tells whoever knew of it */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.meetings.archive(id, version);
  }
}
