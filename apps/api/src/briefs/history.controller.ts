import { Controller, Get, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type HistoryRequest, HistoryReader } from '#briefs';
import { Permit } from '../http/access.guard.js';
import { Id } from '../http/parameters.js';
import { HistoryQuery, TakesHistoryQuery } from './history-query.js';
import { HistoryDto } from './history.dto.js';
import { historyPage, sendHistory } from './history.page.js';
import { presentHistory } from './history.presenter.js';

/** All that was with an organization or a person, as far as the caller may know. */
@ApiTags('Members')
@Controller('v1')
@Permit('records:read')
export class HistoryController {
  constructor(private readonly histories: HistoryReader) {}

  /** The relationship with an organization: what it comes to, and all that was, by year, newest first */
  @Get('organizations/:id/history')
  @TakesHistoryQuery()
  async organization(@Id() id: string, @HistoryQuery() request: HistoryRequest): Promise<HistoryDto> {
    return presentHistory(await this.histories.organization(id, request));
  }

  /** The same as a page to read or print */
  @Get('organizations/:id/history.html')
  @ApiProduces('text/html')
  @TakesHistoryQuery()
  async organizationPage(
    @Id() id: string,
    @HistoryQuery() request: HistoryRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendHistory(reply, historyPage(await this.histories.organization(id, request), request));
  }

  /** The relationship with a person: what it comes to, and all that was, by year, newest first */
  @Get('people/:id/history')
  @TakesHistoryQuery()
  async person(@Id() id: string, @HistoryQuery() request: HistoryRequest): Promise<HistoryDto> {
    return presentHistory(await this.histories.person(id, request));
  }

  /** The same as a page to read or print */
  @Get('people/:id/history.html')
  @ApiProduces('text/html')
  @TakesHistoryQuery()
  async personPage(
    @Id() id: string,
    @HistoryQuery() request: HistoryRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendHistory(reply, historyPage(await this.histories.person(id, request), request));
  }
}
