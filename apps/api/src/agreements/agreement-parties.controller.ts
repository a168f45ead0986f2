import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { AgreementPartiesReader, agreementPartiesList, AgreementPartiesService } from '#agreements';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id } from '../http/parameters.js';
import { AgreementPartyDto, AgreementPartyInputDto, UpdateAgreementPartyDto } from './agreement.dto.js';
import { presentAgreementParty } from './agreement.presenter.js';

@ApiTags('Deals')
@Controller('v1/agreements/:id/parties')
@Permit('deals:write')
export class AgreementPartiesController {
  constructor(
    private readonly parties: AgreementPartiesService,
    private readonly reader: AgreementPartiesReader,
  ) {}

  /** Who agreed, in the order in which they are printed */
  @Get()
  @Permit('records:read')
  @ApiList(AgreementPartyDto, agreementPartiesList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<AgreementPartyDto>> {
    return presentPage(await this.reader.parties(id, request), presentAgreementParty);
  }

  /** Adds a party, as the last one; the same again is 409 already_party */
  @Post()
  async add(@Id() agreementId: string, @Body() body: AgreementPartyInputDto): Promise<AgreementPartyDto> {
    return presentAgreementParty(await this.reader.party(await this.parties.addParty(agreementId, body)));
  }

  /** Changes the role of a party, or its name as printed */
  @Patch(':partyId')
  async update(
    @Id() agreementId: string,
    @Id('partyId') id: string,
    @Body() body: UpdateAgreementPartyDto,
  ): Promise<AgreementPartyDto> {
    await this.parties.updateParty(agreementId, id, body);
    return presentAgreementParty(await this.reader.party(id));
  }

  /** Takes a party out; 409 for the last one of what is signed */
  @Delete(':partyId')
  @HttpCode(204)
  remove(@Id() agreementId: string, @Id('partyId') id: string): Promise<void> {
    return this.parties.removeParty(agreementId, id);
  }
}
