export { isDuration } from './reminder-plan.js';
export { type ReminderRuleRow, reminderRulesList, ReminderRulesReader } from './reminder-rules.reader.js';
export { type ReminderRuleInput, ReminderRulesService } from './reminder-rules.service.js';
export { REMINDER_SUBJECTS, type ReminderSubject, type ReminderSubjectKind } from './reminder-subject.js';
export { RemindersService } from './reminders.service.js';
export { RemindersModule } from './reminders.module.js';
