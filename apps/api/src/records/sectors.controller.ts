import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { type SectorRow, sectorsList, SectorsReader, SectorsService } from '#records';
import { Permit } from '../http/access.guard.js';
import { presentPage, stamps } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateSectorDto, SectorDto, UpdateSectorDto } from './sector.dto.js';

@ApiTags('Members')
@Controller('v1/sectors')
@Permit('settings:write')
export class SectorsController {
  constructor(
    private readonly sectors: SectorsService,
    private readonly reader: SectorsReader,
  ) {}

  /** Lists the sectors that all records share: ISIC Rev. 4, the chamber's own, and words that were used */
  @Get()
  @Permit('records:read')
  @ApiList(SectorDto, sectorsList)
  async list(@ListQuery() request: ListRequest): Promise<Page<SectorDto>> {
    return presentPage(await this.reader.list(request), presentSector);
  }

  /** One sector */
  @Get(':id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<SectorDto> {
    return presentSector(await this.reader.get(id));
  }

  /** Adds a sector of the chamber's own; a word that was used already becomes one */
  @Post()
  @CreatesIn('/v1/sectors')
  async create(@Body() body: CreateSectorDto): Promise<SectorDto> {
    const { id } = await this.sectors.create(body);
    return presentSector(await this.reader.get(id));
  }

  /** Renames a sector of the chamber's own, or gives a word that was used its labels; records keep the code */
  @Patch(':id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateSectorDto, @IfMatch() version?: number): Promise<SectorDto> {
    await this.sectors.update(id, body, version);
    return presentSector(await this.reader.get(id));
  }

  /** Takes a sector of the chamber's own out of the list; records keep the code */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.sectors.archive(id, version);
  }

  /** Puts an archived sector back */
  @Post(':id/restoration')
  @HttpCode(200)
  async restore(@Id() id: string): Promise<SectorDto> {
    await this.sectors.restore(id);
    return presentSector(await this.reader.get(id));
  }
}

const presentSector = (row: SectorRow): SectorDto => ({
  ...stamps(row),
  code: row.code,
  labels: { ...row.labels, en: row.labels.en ?? row.code },
  isic: row.isic,
  own: row.origin !== 'isic',
  origin: row.origin,
});
