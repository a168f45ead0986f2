import { Injectable } from '@nestjs/common';
import type { PlannedMessage } from '#messaging';
import { SideMeetingsReader } from '#side-meetings';
import { CommitmentsReader, TasksReader } from '#tasks';
import { presentPlanned } from '../messaging/planned-message.presenter.js';
import type { ChangedSideMeetingDto, WholeSideMeetingDto } from './side-meeting-answer.dto.js';
import { presentWholeSideMeeting } from './side-meeting.presenter.js';

/** Puts a meeting and what came of it into one answer. */
@Injectable()
export class WholeSideMeetings {
  constructor(
    private readonly meetings: SideMeetingsReader,
    private readonly tasks: TasksReader,
    private readonly commitments: CommitmentsReader,
  ) {}

  async answer(id: string): Promise<WholeSideMeetingDto> {
    const meeting = await this.meetings.get(id);
    return presentWholeSideMeeting(meeting, await this.tasks.about(id), await this.commitments.about(id));
  }

  async changed(id: string, planned: PlannedMessage[]): Promise<ChangedSideMeetingDto> {
    return { ...(await this.answer(id)), plannedMessages: presentPlanned(planned) };
  }
}
