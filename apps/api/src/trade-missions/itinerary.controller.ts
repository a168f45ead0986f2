import { Body, Controller, Delete, Get, Header, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { ItineraryCalendarsReader, ItineraryReader, itineraryList, ItineraryService } from '#trade-missions';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateItineraryItemDto, ItineraryItemDto, UpdateItineraryItemDto } from './itinerary.dto.js';
import { presentItineraryItem } from './trade-mission.presenter.js';

@ApiTags('Trade missions')
@Controller('v1')
@Permit('missions:write')
export class ItineraryController {
  constructor(
    private readonly itinerary: ItineraryService,
    private readonly reader: ItineraryReader,
    private readonly calendars: ItineraryCalendarsReader,
  ) {}

  /** What the delegates of a mission do, the earliest first, with hosts and with who takes part */
  @Get('trade-missions/:id/itinerary')
  @Permit('records:read')
  @ApiList(ItineraryItemDto, itineraryList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<ItineraryItemDto>> {
    return presentPage(await this.reader.listOf(id, request), presentItineraryItem);
  }

  /** Adds an item and books who takes part; 409 double_booked names what they are booked for already */
  @Post('trade-missions/:id/itinerary')
  @CreatesIn('/v1/itinerary-items')
  async create(@Id() missionId: string, @Body() body: CreateItineraryItemDto): Promise<ItineraryItemDto> {
    const { id } = await this.itinerary.create(missionId, body);
    return this.answer(id);
  }

  /** The whole itinerary as an iCalendar file (RFC 5545), each item in its own zone */
  @Get('trade-missions/:id/itinerary.ics')
  @Permit('records:read')
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @Header('Content-Disposition', 'inline; filename="itinerary.ics"')
  @Header('Cache-Control', 'private, no-cache')
  @ApiProduces('text/calendar')
  missionCalendar(@Id() id: string): Promise<string> {
    return this.calendars.ofMission(id);
  }

  /** The items of one delegate, and their meetings about the mission as far as the caller may know of them, as iCalendar */
  @Get('delegates/:id/itinerary.ics')
  @Permit('records:read')
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @Header('Content-Disposition', 'inline; filename="itinerary.ics"')
  @Header('Cache-Control', 'private, no-cache')
  @ApiProduces('text/calendar')
  delegateCalendar(@Id() id: string): Promise<string> {
    return this.calendars.ofDelegate(id);
  }

  /** One item; an archived one is still found here */
  @Get('itinerary-items/:id')
  @Permit('records:read')
  get(@Id() id: string): Promise<ItineraryItemDto> {
    return this.answer(id);
  }

  /** Changes an item; new times move what it books, or are 409 double_booked */
  @Patch('itinerary-items/:id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateItineraryItemDto,
    @IfMatch() version?: number,
  ): Promise<ItineraryItemDto> {
    await this.itinerary.update(id, body, version);
    return this.answer(id);
  }

  /** Takes an item out of the itinerary and frees who took part */
  @Delete('itinerary-items/:id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.itinerary.archive(id, version);
  }

  private async answer(id: string): Promise<ItineraryItemDto> {
    return presentItineraryItem(await this.reader.get(id));
  }
}
