import { Controller, Get, Header, Param, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AgendaFeedsReader } from '#conferences';
import { Public } from '../http/access.guard.js';
import { PageThrottle } from '../pages/page-throttle.guard.js';

/** The programme for calendar programs, without an account. */
@ApiExcludeController()
@Controller('agenda')
@Public()
@UseGuards(PageThrottle)
export class AgendaFeedController {
  constructor(private readonly feeds: AgendaFeedsReader) {}

  @Get(':file')
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @Header('Content-Disposition', 'inline; filename="agenda.ics"')
  @Header('Cache-Control', 'private, no-cache')
  @Header('X-Robots-Tag', 'noindex, nofollow')
  calendar(@Param('file') file: string): Promise<string> {
    return this.feeds.calendar(file);
  }
}
