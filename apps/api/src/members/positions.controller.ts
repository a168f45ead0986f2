import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PositionsReader, PositionsService } from '#members';
import { Permit } from '../http/access.guard.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { PositionDto, UpdatePositionDto } from './person.dto.js';
import { presentPosition } from './person.presenter.js';

@ApiTags('Members')
@Controller('v1/positions')
@Permit('directory:write')
export class PositionsController {
  constructor(
    private readonly positions: PositionsService,
    private readonly reader: PositionsReader,
  ) {}

  /** One title of one person */
  @Get(':id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<PositionDto> {
    return presentPosition(await this.reader.get(id));
  }

  /** Changes a title; preferring it un-prefers the other at the same organization */
  @Patch(':id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdatePositionDto, @IfMatch() version?: number): Promise<PositionDto> {
    await this.positions.update(id, body, version);
    return presentPosition(await this.reader.get(id));
  }

  /** Puts an archived title back; 409 where another one is preferred by now */
  @Post(':id/restoration')
  @HttpCode(200)
  async restore(@Id() id: string): Promise<PositionDto> {
    await this.positions.restore(id);
    return presentPosition(await this.reader.get(id));
  }

  /** Takes a title out of the lists */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.positions.archive(id, version);
  }
}
