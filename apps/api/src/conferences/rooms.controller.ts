import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RoomsReader, roomsList, RoomsService } from '#conferences';
import type { ListRequest, Page } from '#database';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateRoomDto, RoomDto, UpdateRoomDto } from './conference.dto.js';
import { presentRoom } from './conference.presenter.js';

@ApiTags('Conferences')
@Controller('v1')
@Permit('events:write')
export class RoomsController {
  constructor(
    private readonly rooms: RoomsService,
    private readonly reader: RoomsReader,
  ) {}

  /** Rooms of one conference */
  @Get('conferences/:id/rooms')
  @Permit('records:read')
  @ApiList(RoomDto, roomsList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<RoomDto>> {
    return presentPage(await this.reader.listOf(id, request), presentRoom);
  }

  /** Adds a room to a conference */
  @Post('conferences/:id/rooms')
  @CreatesIn('/v1/rooms')
  async create(@Id() conferenceId: string, @Body() body: CreateRoomDto): Promise<RoomDto> {
    const { id } = await this.rooms.create(conferenceId, body);
    return presentRoom(await this.reader.get(id));
  }

  /** One room */
  @Get('rooms/:id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<RoomDto> {
    return presentRoom(await this.reader.get(id));
  }

  /** Renames a room or changes its seats */
  @Patch('rooms/:id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateRoomDto, @IfMatch() version?: number): Promise<RoomDto> {
    await this.rooms.update(id, body, version);
    return presentRoom(await this.reader.get(id));
  }

  /** Takes a room out of the lists; 409 while something to come is planned in it */
  @Delete('rooms/:id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.rooms.archive(id, version);
  }
}
