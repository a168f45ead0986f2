import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type TravelTimeRow, TravelTimesReader, travelTimesList, TravelTimesService } from '#calendar';
import type { ListRequest, Page } from '#database';
import { Permit } from '../http/access.guard.js';
import { presentPage, stamps } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateTravelTimeDto, TravelTimeDto, UpdateTravelTimeDto } from './travel-time.dto.js';

@ApiTags('Calendar')
@Controller('v1/travel-times')
@Permit('settings:write')
export class TravelTimesController {
  constructor(
    private readonly travelTimes: TravelTimesService,
    private readonly reader: TravelTimesReader,
  ) {}

  /** Lists how long people need between places; where nothing is said, no time */
  @Get()
  @Permit('records:read')
  @ApiList(TravelTimeDto, travelTimesList)
  async list(@ListQuery() request: ListRequest): Promise<Page<TravelTimeDto>> {
    return presentPage(await this.reader.list(request), presentTravelTime);
  }

  /** One travel time */
  @Get(':id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<TravelTimeDto> {
    return presentTravelTime(await this.reader.get(id));
  }

  /**
   * Says how long people need between two places, from or to one, or between any two; the most specific counts. It speaks for
   * what is booked or moved from now on. A second one for the same way is refused (409)
   */
  @Post()
  @CreatesIn('/v1/travel-times')
  async create(@Body() body: CreateTravelTimeDto): Promise<TravelTimeDto> {
    const { id } = await this.travelTimes.create(body);
    return presentTravelTime(await this.reader.get(id));
  }

  /** Changes a travel time or switches it off; what is booked stays booked */
  @Patch(':id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateTravelTimeDto,
    @IfMatch() version?: number,
  ): Promise<TravelTimeDto> {
    await this.travelTimes.update(id, body, version);
    return presentTravelTime(await this.reader.get(id));
  }

  /** Takes a travel time away */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.travelTimes.archive(id, version);
  }
}

const presentTravelTime = (row: TravelTimeRow): TravelTimeDto => ({
  ...stamps(row),
  fromPlace: row.fromPlace,
  toPlace: row.toPlace,
  duration: row.duration,
  enabled: row.enabled,
});
