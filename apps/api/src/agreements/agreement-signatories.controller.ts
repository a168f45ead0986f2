import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { AgreementPartiesReader, AgreementPartiesService, signatoriesList } from '#agreements';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id } from '../http/parameters.js';
import { SignatoryDto, SignatoryInputDto, UpdateSignatoryDto } from './agreement.dto.js';
import { presentSignatory } from './agreement.presenter.js';

@ApiTags('Deals')
@Controller('v1/agreements/:id/signatories')
@Permit('deals:write')
export class AgreementSignatoriesController {
  constructor(
    private readonly parties: AgreementPartiesService,
    private readonly reader: AgreementPartiesReader,
  ) {}

  /** Who signed, in the order in which they are printed */
  @Get()
  @Permit('records:read')
  @ApiList(SignatoryDto, signatoriesList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<SignatoryDto>> {
    return presentPage(await this.reader.signatories(id, request), presentSignatory);
  }

  /** Adds a signatory, as the last one; the same again is 409 already_signatory */
  @Post()
  async add(@Id() agreementId: string, @Body() body: SignatoryInputDto): Promise<SignatoryDto> {
    return presentSignatory(await this.reader.signatory(await this.parties.addSignatory(agreementId, body)));
  }

  /** Changes for whom, with which title and when somebody signed */
  @Patch(':signatoryId')
  async update(
    @Id() agreementId: string,
    @Id('signatoryId') id: string,
    @Body() body: UpdateSignatoryDto,
  ): Promise<SignatoryDto> {
    await this.parties.updateSignatory(agreementId, id, body);
    return presentSignatory(await this.reader.signatory(id));
  }

  /** Takes a signatory out */
  @Delete(':signatoryId')
  @HttpCode(204)
  remove(@Id() agreementId: string, @Id('signatoryId') id: string): Promise<void> {
    return this.parties.removeSignatory(agreementId, id);
  }
}
