import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { AgreementsReader, agreementsList, AgreementsService } from '#agreements';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id, IfMatch, TakesIfMatch } from '../http/parameters.js';
import { CreatesIn } from '../http/response-headers.interceptor.js';
import { AgreementDto, CreateAgreementDto, UpdateAgreementDto } from './agreement.dto.js';
import { presentAgreement } from './agreement.presenter.js';

@ApiTags('Deals')
@Controller('v1/agreements')
@Permit('deals:write')
export class AgreementsController {
  constructor(
    private readonly agreements: AgreementsService,
    private readonly reader: AgreementsReader,
  ) {}

  /** Lists agreements, the latest signed first; a month or year counts as its first day */
  @Get()
  @Permit('records:read')
  @ApiList(AgreementDto, agreementsList)
  async list(@ListQuery() request: ListRequest): Promise<Page<AgreementDto>> {
    return presentPage(await this.reader.list(request), presentAgreement);
  }

  /** One agreement with its parties, signatories and what it is linked to; an archived one is still found here */
  @Get(':id')
  @Permit('records:read')
  get(@Id() id: string): Promise<AgreementDto> {
    return this.answer(id);
  }

  /** Writes down an agreement, at whatever stage it is; nothing that nobody reported has to be made up */
  @Post()
  @CreatesIn('/v1/agreements')
  async create(@Body() body: CreateAgreementDto): Promise<AgreementDto> {
    return this.answer((await this.agreements.create(body)).id);
  }

  /** Changes the fields given; lists replace what is there. The status goes on by any step, and back only for a reason */
  @Patch(':id')
  @TakesIfMatch()
  async update(@Id() id: string, @Body() body: UpdateAgreementDto, @IfMatch() version?: number): Promise<AgreementDto> {
    await this.agreements.update(id, body, version);
    return this.answer(id);
  }

  /** Takes an agreement out of the lists; nobody is reminded of its end any more */
  @Delete(':id')
  @HttpCode(204)
  @TakesIfMatch()
  archive(@Id() id: string, @IfMatch() version?: number): Promise<void> {
    return this.agreements.archive(id, version);
  }

  private async answer(id: string): Promise<AgreementDto> {
    return presentAgreement(await this.reader.get(id));
  }
}
