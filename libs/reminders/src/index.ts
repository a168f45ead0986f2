export { outsideQuietHours, type QuietLimits } from './quiet-hours.js';
export { isDuration, type Lead, type LeadContext, type LeadTime, leadTime } from './reminder-plan.js';
export { ReminderReplansPlanner } from './reminder-replans.planner.js';
export { type ReminderRuleRow, reminderRulesList, ReminderRulesReader } from './reminder-rules.reader.js';
export { type ReminderRuleInput, ReminderRulesService } from './reminder-rules.service.js';
export { type ReminderSource, ReminderSources } from './reminder-sources.js';
export {
  type Reminded,
  type RemindedKind,
  REMINDER_SUBJECTS,
  type ReminderSubject,
  type ReminderSubjectKind,
} from './reminder-subject.js';
export { RemindersService } from './reminders.service.js';
export { RemindersModule } from './reminders.module.js';
export { holdRules } from './rules-lock.js';
