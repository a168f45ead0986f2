import type { UserRow } from '#access';
import type { ReminderSubject } from '#reminders';
import type { Task } from './task.entity.js';

const DAY = 86_400_000;
/** Days for which a reminder that a rule sends after the due time is of use, while the task is open. */
const AFTERWARDS = 30;

/** Who is to do a task, as far as a mail needs to know. */
export type Assignee = Pick<UserRow, 'id' | 'email' | 'name' | 'locale' | 'timeZone'>;

/**
 * The reminders an open task wants, to its assignee: those it asks for itself, or by the reminder rules. Undefined where
 * there is nobody to remind, or nothing to remind of.
 */
export function taskReminders(
  task: Task,
  assignee: Assignee | undefined,
  aboutTitle?: string,
): ReminderSubject | undefined {
  const { dueAt, timeZone, remindBefore } = task;
  if (!dueAt || !timeZone || !assignee || task.status !== 'open' || remindBefore?.length === 0) return undefined;
  const { id: userId, email, name, locale } = assignee;
  return {
    subject: 'task',
    aboutId: task.id,
    at: dueAt,
    timeZone,
    notAfterwards: new Date(dueAt.getTime() + AFTERWARDS * DAY),
    offsets: remindBefore ?? undefined,
    recipients: [{ userId, email, name, locale, timeZone: assignee.timeZone, audience: 'assignee' }],
    data: { title: task.title, note: task.notes, about: aboutTitle },
  };
}
