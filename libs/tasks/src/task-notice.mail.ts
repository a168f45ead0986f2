import { isTimeZone } from '#calendar';
import type { LedgerEntry } from '#messaging';
import { outsideQuietHours } from '#reminders';
import type { Task } from './task.entity.js';
import type { Assignee } from './task.mail.js';

export const TASK_ASSIGNED = 'task_assigned';

const DAY = 86_400_000;
/** Days for which the news is news. */
const USEFUL = 3;
/** Titles that a mail lists; it counts the others. */
const MOST_LINES = 20;

/** Who is told of tasks, and by whom they were handed over. */
export interface Handover {
  user: Assignee;
  assigner: string;
  /** Title of what the first task is about, where a mail may tell it. */
  about?: string;
  now: Date;
}

/** One mail, however many tasks; at night where its reader is, in the morning. The tasks are at least one. */
export function handedOver(tasks: Task[], { user, assigner, about, now }: Handover): LedgerEntry {
  const [first, ...others] = tasks as [Task, ...Task[]];
  const { id: userId, email, name, locale, timeZone } = user;
  const notAfter = new Date(now.getTime() + USEFUL * DAY);
  const more = others.length > 0 && {
    others: String(others.length),
    lines: others.slice(0, MOST_LINES).map(({ title }) => title),
  };
  return {
    kind: 'notice',
    dedupeKey: `assigned:${first.id}:${first.version}:${userId}`,
    aboutId: others.length > 0 ? undefined : first.id,
    recipient: { userId, email, name, locale, timeZone },
    templateKey: TASK_ASSIGNED,
    data: {
      title: first.title,
      assigner,
      about,
      note: first.notes,
      ...(first.dueAt && { startsAt: first.dueAt.toISOString(), timeZone: first.timeZone }),
      ...more,
    },
    sendAt: isTimeZone(timeZone) ? outsideQuietHours(now, timeZone, { now, notAfter }) : now,
    notAfter,
  };
}
