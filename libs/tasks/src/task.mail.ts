import type { UserRow } from '#access';
import type { ReminderSubject } from '#reminders';
import type { Task } from './task.entity.js';

/** The reminders a task wants: to its assignee, before its due time. Undefined for one that wants none. */
export function taskReminders(
  task: Task,
  assignee: UserRow | undefined,
  aboutTitle?: string,
): ReminderSubject | undefined {
  const { dueAt, timeZone, remindBefore } = task;
  if (!dueAt || !timeZone || !assignee || task.status !== 'open' || remindBefore.length === 0) return undefined;
  return {
    subject: 'task',
    aboutId: task.id,
    at: dueAt,
    timeZone,
    offsets: remindBefore,
    recipients: [
      {
        userId: assignee.id,
        email: assignee.email,
        name: assignee.name,
        locale: assignee.locale,
        timeZone: assignee.timeZone,
      },
    ],
    data: { title: task.title, note: task.notes, about: aboutTitle },
  };
}
