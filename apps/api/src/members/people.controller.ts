import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { PeopleReader, peopleList, PeopleService, PositionsReader, positionsList, PositionsService } from '#members';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreatePersonDto, CreatePositionDto, PersonDto, PositionDto, UpdatePersonDto } from './person.dto.js';
import { presentPerson, presentPosition } from './person.presenter.js';

@ApiTags('Members')
@Controller('v1/people')
@Permit('directory:write')
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly reader: PeopleReader,
    private readonly positions: PositionsService,
    private readonly positionsReader: PositionsReader,
  ) {}

  /** Lists people */
  @Get()
  @Permit('records:read')
  @ApiList(PersonDto, peopleList)
  async list(@ListQuery() request: ListRequest): Promise<Page<PersonDto>> {
    return presentPage(await this.reader.list(request), presentPerson);
  }

  /** One person with their positions; an archived one is still found here */
  @Get(':id')
  @Permit('records:read')
  async get(@Id() id: string): Promise<PersonDto> {
    return presentPerson(await this.reader.get(id, ['positions', 'memberships']));
  }

  /** Adds a person to the directory */
  @Post()
  @CreatesIn('/v1/people')
  async create(@Body() body: CreatePersonDto): Promise<PersonDto> {
    const { id } = await this.people.create(body);
    return presentPerson(await this.reader.get(id));
  }

  /** Changes the fields given; null clears one */
  @Patch(':id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdatePersonDto, @IfMatch() version?: number): Promise<PersonDto> {
    await this.people.update(id, body, version);
    return presentPerson(await this.reader.get(id));
  }

  /** Puts an archived person back into the lists */
  @Post(':id/restoration')
  @HttpCode(200)
  async restore(@Id() id: string): Promise<PersonDto> {
    await this.people.restore(id);
    return presentPerson(await this.reader.get(id));
  }

  /** Takes a person out of the lists; links to them stay */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.people.archive(id, version);
  }

  /** Lists a person's titles, those that disagree included */
  @Get(':id/positions')
  @Permit('records:read')
  @ApiList(PositionDto, positionsList)
  async listPositions(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<PositionDto>> {
    await this.reader.get(id);
    return presentPage(await this.positionsReader.listOf(id, request), presentPosition);
  }

  /** Adds a title, with where it was read */
  @Post(':id/positions')
  @CreatesIn('/v1/positions')
  async createPosition(@Id() id: string, @Body() body: CreatePositionDto): Promise<PositionDto> {
    const position = await this.positions.create(id, body);
    return presentPosition(await this.positionsReader.get(position.id));
  }
}
