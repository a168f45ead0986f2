import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { type RecordType, type TimelineEntry, timelineList, TimelinesReader } from '#records';
import { Permit } from '../http/access.guard.js';
import { instant, presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id } from '../http/parameters.js';
import { TimelineEntryDto } from './timeline.dto.js';

/** Everything that touched a record, newest first; an archived record still answers. */
@ApiTags('Members')
@Controller('v1')
@Permit('records:read')
export class TimelinesController {
  constructor(private readonly reader: TimelinesReader) {}

  /** Everything that touched an organization, newest first: titles, memberships, meetings, tasks, changes… */
  @Get('organizations/:id/timeline')
  @ApiList(TimelineEntryDto, timelineList)
  organization(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<TimelineEntryDto>> {
    return this.answer('organization', id, request);
  }

  /** Everything that touched a person, newest first: titles, memberships, meetings, sessions, messages, changes… */
  @Get('people/:id/timeline')
  @ApiList(TimelineEntryDto, timelineList)
  person(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<TimelineEntryDto>> {
    return this.answer('person', id, request);
  }

  /** Everything that touched a membership, newest first */
  @Get('memberships/:id/timeline')
  @ApiList(TimelineEntryDto, timelineList)
  membership(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<TimelineEntryDto>> {
    return this.answer('membership', id, request);
  }

  /** Everything that touched a conference, newest first */
  @Get('conferences/:id/timeline')
  @ApiList(TimelineEntryDto, timelineList)
  conference(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<TimelineEntryDto>> {
    return this.answer('conference', id, request);
  }

  /** Everything that touched a session, newest first */
  @Get('sessions/:id/timeline')
  @ApiList(TimelineEntryDto, timelineList)
  session(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<TimelineEntryDto>> {
    return this.answer('session', id, request);
  }

  /** Everything that touched a side meeting, newest first; a restricted one answers its owners and managers only */
  @Get('side-meetings/:id/timeline')
  @ApiList(TimelineEntryDto, timelineList)
  sideMeeting(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<TimelineEntryDto>> {
    return this.answer('side_meeting', id, request);
  }

  /** Everything that touched a trade mission: its itinerary, hosts, delegates, meetings, invitations, tasks, changes… */
  @Get('trade-missions/:id/timeline')
  @ApiList(TimelineEntryDto, timelineList)
  tradeMission(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<TimelineEntryDto>> {
    return this.answer('trade_mission', id, request);
  }

  /** Everything that touched a deal: its stages, parties, touchpoints, instruments, meetings, tasks, changes… */
  @Get('deals/:id/timeline')
  @ApiList(TimelineEntryDto, timelineList)
  deal(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<TimelineEntryDto>> {
    return this.answer('deal', id, request);
  }

  /** Everything that touched an agreement, newest first: agreements that follow it, tasks, commitments, changes… */
  @Get('agreements/:id/timeline')
  @ApiList(TimelineEntryDto, timelineList)
  agreement(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<TimelineEntryDto>> {
    return this.answer('agreement', id, request);
  }

  private async answer(type: RecordType, id: string, request: ListRequest): Promise<Page<TimelineEntryDto>> {
    return presentPage(await this.reader.of(type, id, request), presentEntry);
  }
}

const presentEntry = ({ at, kind, title, about, detail, actor }: TimelineEntry): TimelineEntryDto => ({
  at: instant(at),
  kind,
  title,
  about,
  detail,
  actor,
});
