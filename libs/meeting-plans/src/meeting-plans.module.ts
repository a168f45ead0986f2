import { Module } from '@nestjs/common';
import { CalendarModule } from '#calendar';
import { InvitationsModule } from '#invitations';
import { SideMeetingsModule } from '#side-meetings';
import { TradeMissionsModule } from '#trade-missions';
import { MeetingPlanCheck } from './meeting-plan-check.js';
import { MeetingPlansReader } from './meeting-plans.reader.js';
import { MeetingPlansRunner } from './meeting-plans.runner.js';
import { MeetingPlansService } from './meeting-plans.service.js';
import { MeetingPlansStore } from './meeting-plans.store.js';
import { PlanAcceptanceService } from './plan-acceptance.service.js';
import { PlanCalendar } from './plan-calendar.js';
import { PlanInvitations } from './plan-invitations.js';
import { PlanLine } from './plan-line.js';
import { PlanPartiesReader } from './plan-parties.reader.js';
import { PlanProblems } from './plan-problem.js';
import { PlannedPairs } from './planned-pairs.js';
import { ReplacedPlans } from './replaced-plan.js';

const shared = [MeetingPlansService, PlanAcceptanceService, MeetingPlansReader, MeetingPlansRunner];
const parts = [
  MeetingPlanCheck,
  MeetingPlansStore,
  PlanCalendar,
  PlanInvitations,
  PlanLine,
  PlanPartiesReader,
  PlanProblems,
  PlannedPairs,
  ReplacedPlans,
];

/** Schedules of one-on-ones between the delegates and hosts of a mission: asked for, solved, accepted. */
@Module({
  imports: [CalendarModule, InvitationsModule, SideMeetingsModule, TradeMissionsModule],
  providers: [...shared, ...parts],
  exports: shared,
})
export class MeetingPlansModule {}
