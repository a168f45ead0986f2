import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SideMeetingStepsService } from '#side-meetings';
import { Permit } from '../http/access.guard.js';
import { Id } from '../http/parameters.js';
import { ChangedSideMeetingDto } from './side-meeting-answer.dto.js';
import { AppointmentDto, HoldingDto, OutcomeDto, SideMeetingCancellationDto } from './side-meeting.dto.js';
import { WholeSideMeetings } from './whole-side-meetings.js';

@ApiTags('Side meetings')
@Controller('v1/side-meetings/:id')
@Permit('meetings:write')
export class SideMeetingStepsController {
  constructor(
    private readonly steps: SideMeetingStepsService,
    private readonly whole: WholeSideMeetings,
  ) {}

  /** Gives a requested meeting its time: books everybody and plans reminders */
  @Post('schedule')
  @HttpCode(200)
  async schedule(@Id() id: string, @Body() body: AppointmentDto): Promise<ChangedSideMeetingDto> {
    return this.whole.changed(id, await this.steps.schedule(id, body));
  }

  /** Moves a scheduled meeting with its bookings and reminders */
  @Post('reschedule')
  @HttpCode(200)
  async reschedule(@Id() id: string, @Body() body: AppointmentDto): Promise<ChangedSideMeetingDto> {
    return this.whole.changed(id, await this.steps.reschedule(id, body));
  }

  /** The meeting took place */
  @Post('hold')
  @HttpCode(200)
  async hold(@Id() id: string, @Body() body: HoldingDto): Promise<ChangedSideMeetingDto> {
    await this.steps.hold(id, body);
    return this.whole.changed(id, []);
  }

  /** Calls the meeting off: frees everybody, takes back its reminders and tells whoever knew of it */
  @Post('cancellation')
  @HttpCode(200)
  async cancel(@Id() id: string, @Body() { reason }: SideMeetingCancellationDto): Promise<ChangedSideMeetingDto> {
    await this.steps.cancel(id, reason);
    return this.whole.changed(id, []);
  }

  /** The meeting did not take place because somebody did not come */
  @Post('no-show')
  @HttpCode(200)
  async noShow(@Id() id: string): Promise<ChangedSideMeetingDto> {
    await this.steps.noShow(id);
    return this.whole.changed(id, []);
  }

  /** What came of the meeting; one that was scheduled and has begun counts as held */
  @Post('outcome')
  @HttpCode(200)
  async outcome(@Id() id: string, @Body() body: OutcomeDto): Promise<ChangedSideMeetingDto> {
    return this.whole.changed(id, await this.steps.outcome(id, body));
  }
}
