import { Module } from '@nestjs/common';
import { SideMeetingsModule } from '#side-meetings';
import { TasksModule } from '#tasks';
import { ParticipantsController } from './participants.controller.js';
import { SideMeetingStepsController } from './side-meeting-steps.controller.js';
import { SideMeetingsController } from './side-meetings.controller.js';
import { WholeSideMeetings } from './whole-side-meetings.js';

/** Side meetings over HTTP. */
@Module({
  imports: [SideMeetingsModule, TasksModule],
  controllers: [SideMeetingsController, SideMeetingStepsController, ParticipantsController],
  providers: [WholeSideMeetings],
})
export class SideMeetingsApiModule {}
