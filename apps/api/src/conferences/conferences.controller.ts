import { Body, Controller, Delete, Get, Header, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  AgendaFeedsReader,
  AgendaReader,
  type ConferenceRow,
  ConferencesReader,
  conferencesList,
  ConferencesService,
} from '#conferences';
import type { ListRequest, Page } from '#database';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { AgendaDto } from './agenda.dto.js';
import { ConferenceDto, CreateConferenceDto, UpdateConferenceDto } from './conference.dto.js';
import { presentConference } from './conference.presenter.js';
import { presentAgenda } from './session.presenter.js';

@ApiTags('Conferences')
@Controller('v1/conferences')
@Permit('events:write')
export class ConferencesController {
  constructor(
    private readonly conferences: ConferencesService,
    private readonly reader: ConferencesReader,
    private readonly agendas: AgendaReader,
    private readonly feeds: AgendaFeedsReader,
  ) {}

  /** Lists conferences, the latest first */
  @Get()
  @Permit('records:read')
  @ApiList(ConferenceDto, conferencesList)
  async list(@ListQuery() request: ListRequest): Promise<Page<ConferenceDto>> {
    return presentPage(await this.reader.list(request), presentConference);
  }

  /** One conference; an archived one is still found here */
  @Get(':id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<ConferenceDto> {
    return this.present(await this.reader.get(id, ['organizer']));
  }

  /** Adds a conference; its time may be unknown */
  @Post()
  @CreatesIn('/v1/conferences')
  async create(@Body() body: CreateConferenceDto): Promise<ConferenceDto> {
    const { id } = await this.conferences.create(body);
    return this.present(await this.reader.get(id));
  }

  /** Changes the fields given; status cancelled calls off every session. A new venue counts for all travel times from and to it */
  @Patch(':id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateConferenceDto,
    @IfMatch() version?: number,
  ): Promise<ConferenceDto> {
    await this.conferences.update(id, body, version);
    return this.present(await this.reader.get(id));
  }

  /** Takes a conference and its sessions out of the lists and frees what they hold */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.conferences.archive(id, version);
  }

  /** The programme by days of the conference's zone, with rooms and speakers */
  @Get(':id/agenda')
  @Permit('records:read')
  async agenda(@Id() id: string): Promise<AgendaDto> {
    return presentAgenda(await this.agendas.agenda(id));
  }

  /** The programme as an iCalendar file to read or subscribe to (RFC 5545); sessions called off are in it as such */
  @Get(':id/agenda.ics')
  @Permit('records:read')
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @Header('Content-Disposition', 'inline; filename="agenda.ics"')
  @Header('Cache-Control', 'private, no-cache')
  @ApiProduces('text/calendar')
  calendar(@Id() id: string): Promise<string> {
    return this.agendas.calendar(id);
  }

  private present(conference: ConferenceRow): ConferenceDto {
    return { ...presentConference(conference), agendaFeedUrl: this.feeds.urlOf(conference) };
  }
}
