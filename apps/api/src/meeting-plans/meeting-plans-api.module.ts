import { Module } from '@nestjs/common';
import { MeetingPlansModule } from '#meeting-plans';
import { MeetingPlansController } from './meeting-plans.controller.js';

/** Meeting plans over HTTP. */
@Module({
  imports: [MeetingPlansModule],
  controllers: [MeetingPlansController],
})
export class MeetingPlansApiModule {}
