export {
  LONGEST_SOLVING,
  type MeetingPlanInput,
  type PlanAbsence,
  type PlanLimits,
  type PlanSlot,
  USUAL_SOLVING,
} from './meeting-plan.js';
export {
  type MeetingPlanRow,
  MeetingPlansReader,
  meetingPlansList,
  type PlannedRequestRow,
  type WholeMeetingPlan,
} from './meeting-plans.reader.js';
export { MeetingPlansModule } from './meeting-plans.module.js';
export { MeetingPlansRunner } from './meeting-plans.runner.js';
export { MeetingPlansService } from './meeting-plans.service.js';
export { PlanAcceptanceService } from './plan-acceptance.service.js';
