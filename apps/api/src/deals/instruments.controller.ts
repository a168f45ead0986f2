import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { InstrumentsReader, instrumentsList, InstrumentsService } from '#deals';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { CreateInstrumentDto, InstrumentDto, UpdateInstrumentDto } from './instrument.dto.js';
import { presentInstrument } from './instrument.presenter.js';

@ApiTags('Deals')
@Controller('v1')
@Permit('deals:write')
export class InstrumentsController {
  constructor(
    private readonly instruments: InstrumentsService,
    private readonly reader: InstrumentsReader,
  ) {}

  /** What providers give to a deal, in the order in which it was added */
  @Get('deals/:id/instruments')
  @Permit('records:read')
  @ApiList(InstrumentDto, instrumentsList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<InstrumentDto>> {
    return presentPage(await this.reader.listOf(id, request), presentInstrument);
  }

  /** Adds an instrument */
  @Post('deals/:id/instruments')
  @CreatesIn('/v1/instruments')
  async create(@Id() dealId: string, @Body() body: CreateInstrumentDto): Promise<InstrumentDto> {
    const { id } = await this.instruments.create(dealId, body);
    return this.answer(id);
  }

  /** One instrument; an archived one is still found here */
  @Get('instruments/:id')
  @Permit('records:read')
  get(@Id() id: string): Promise<InstrumentDto> {
    return this.answer(id);
  }

  /** Changes the fields given; its audit entries are the history of its status */
  @Patch('instruments/:id')
  @TakesIfMatch()
  async update(
    @Id() id: string,
    @Body() body: UpdateInstrumentDto,
    @IfMatch() version?: number,
  ): Promise<InstrumentDto> {
    await this.instruments.update(id, body, version);
    return this.answer(id);
  }

  /** Takes an instrument out of its deal */
  @Delete('instruments/:id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.instruments.archive(id, version);
  }

  private async answer(id: string): Promise<InstrumentDto> {
    return presentInstrument(await this.reader.get(id));
  }
}
