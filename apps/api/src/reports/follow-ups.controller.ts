import { Controller, Get, type StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { FollowUpsReader } from '#reports';
import { Permit } from '../http/access.guard.js';
import { csvFile } from '../http/csv-file.js';
import { type FollowUpsAsked, FollowUpsQuery, TakesFollowUpsQuery } from './follow-ups-query.js';
import { FollowUpsDto } from './follow-ups.dto.js';
import { counterpartsCsv, ownersCsv, presentByCounterpart, presentByOwner } from './follow-ups.presenter.js';

@ApiTags('Reports')
@Controller('v1/reports')
@Permit('records:read')
export class FollowUpsController {
  constructor(private readonly reader: FollowUpsReader) {}

  /** What is open by person: tasks and watched commitments of each user, or what each organization and person outside has promised and was promised */
  @Get('follow-ups')
  @TakesFollowUpsQuery()
  async report(@FollowUpsQuery() { by, ...request }: FollowUpsAsked): Promise<FollowUpsDto> {
    if (by === 'counterpart') return presentByCounterpart(await this.reader.byCounterpart(request));
    return presentByOwner(await this.reader.byOwner(request));
  }

  /** The same as a table for a spreadsheet: a line per group with its counts, without totals and items */
  @Get('follow-ups.csv')
  @TakesFollowUpsQuery()
  @ApiProduces('text/csv')
  async table(@FollowUpsQuery() { by, ...request }: FollowUpsAsked): Promise<StreamableFile> {
    return csvFile(`follow-ups-by-${by}`, Buffer.from(await this.csv(by, { ...request, items: 0 })));
  }

  private async csv(by: FollowUpsAsked['by'], request: Omit<FollowUpsAsked, 'by'>): Promise<string> {
    if (by === 'counterpart') return counterpartsCsv(await this.reader.byCounterpart(request));
    return ownersCsv(await this.reader.byOwner(request));
  }
}
