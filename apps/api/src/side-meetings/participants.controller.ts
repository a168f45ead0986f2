import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ListRequest, Page } from '#database';
import { ParticipantsReader, participantsList, ParticipantsService } from '#side-meetings';
import { Permit } from '../http/access.guard.js';
import { presentPage } from '../http/format.js';
import { ApiList } from '../http/list-answer.js';
import { ListQuery } from '../http/list-query.js';
import { Id } from '../http/parameters.js';
import { ParticipantDto } from './side-meeting-answer.dto.js';
import { AddParticipantDto } from './side-meeting.dto.js';
import { presentParticipant } from './side-meeting.presenter.js';

@ApiTags('Side meetings')
@Controller('v1/side-meetings/:id/participants')
@Permit('meetings:write')
export class ParticipantsController {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly reader: ParticipantsReader,
  ) {}

  /** Who takes part */
  @Get()
  @Permit('records:read')
  @ApiList(ParticipantDto, participantsList)
  async list(@Id() id: string, @ListQuery() request: ListRequest): Promise<Page<ParticipantDto>> {
    return presentPage(await this.reader.listOf(id, request), presentParticipant);
  }

  /** Adds somebody; a scheduled meeting books and reminds them */
  @Post()
  async add(
    @Id() meetingId: string,
    @Body() { createMissing, override, ...input }: AddParticipantDto,
  ): Promise<ParticipantDto> {
    const id = await this.participants.add(meetingId, input, { createMissing, override });
    return presentParticipant(await this.reader.get(id));
  }

  /** Takes somebody out of the meeting, the calendar and the reminders, and withdraws their invitation, which tells them; 409 for the last one */
  @Delete(':participantId')
  @HttpCode(204)
  remove(@Id() meetingId: string, @Id('participantId') id: string): Promise<void> {
    return this.participants.remove(meetingId, id);
  }
}
