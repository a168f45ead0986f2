import { Controller, Get, type StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { EventOutcomesReader, type OutcomeEventType, type Rates } from '#reports';
import { Permit } from '../http/access.guard.js';
import { csvFile } from '../http/csv-file.js';
import { Id } from '../http/parameters.js';
import { EventOutcomeDto } from './event-outcome.dto.js';
import { eventOutcomeCsv, presentEventOutcome } from './event-outcome.presenter.js';
import { RatesQuery, TakesRates } from './rates-query.js';

@ApiTags('Reports')
@Controller('v1/reports')
@Permit('records:read')
export class EventOutcomeController {
  constructor(private readonly outcomes: EventOutcomesReader) {}

  /** The deals of this report as a table for a spreadsheet: a line per deal with what the conference has of it, without totals */
  @Get('conferences/:id.csv')
  @ApiProduces('text/csv')
  conferenceTable(@Id() id: string): Promise<StreamableFile> {
    return this.table('conference', id);
  }

  /**
   * What came of a conference: meetings, promises, agreements, deals, and their value by first touch, last touch and even attribution
   *
   * `rules` says in plain sentences how each figure is made. An event that has not begun yet has zeros.
   */
  @Get('conferences/:id')
  @TakesRates()
  conference(@Id() id: string, @RatesQuery() rates?: Rates): Promise<EventOutcomeDto> {
    return this.answer('conference', id, rates);
  }

  /** The deals of this report as a table for a spreadsheet: a line per deal with what the mission has of it, without totals */
  @Get('trade-missions/:id.csv')
  @ApiProduces('text/csv')
  missionTable(@Id() id: string): Promise<StreamableFile> {
    return this.table('trade_mission', id);
  }

  /**
   * What came of a trade mission: meetings, promises, agreements, deals, and their value by first touch, last touch and even attribution
   *
   * The same as of a conference. Who travelled, whom they met and what was asked for is told by the mission's own final report.
   */
  @Get('trade-missions/:id')
  @TakesRates()
  mission(@Id() id: string, @RatesQuery() rates?: Rates): Promise<EventOutcomeDto> {
    return this.answer('trade_mission', id, rates);
  }

  private async answer(type: OutcomeEventType, id: string, rates?: Rates): Promise<EventOutcomeDto> {
    return presentEventOutcome(await this.outcomes.get(type, id, rates));
  }

  private async table(type: OutcomeEventType, id: string): Promise<StreamableFile> {
    const outcome = await this.outcomes.get(type, id);
    return csvFile(`${type.replace('_', '-')}-${id}-deals`, Buffer.from(eventOutcomeCsv(outcome)));
  }
}
