import type { UserRow } from '#access';
import { isTimeZone } from '#calendar';
import type { LedgerEntry } from '#messaging';
import { outsideQuietHours } from '#reminders';

const DAY = 86_400_000;
/** Days after the due time for which an escalation is of use: then it is old news. */
const USEFUL = 10;

/** An open task whose due time is long past. */
export interface OverdueTask {
  id: string;
  title: string;
  dueAt: Date;
  timeZone: string;
  notes: string | null;
  assigneeId: string | null;
  assignee: string | null;
  /** Title of what it is about, where a mail may tell it. */
  about: string | null;
}

type Told = Pick<UserRow, 'id' | 'email' | 'name' | 'locale' | 'timeZone' | 'role'>;

/** Managers other than who is to do it; where there are none, administrators; where there are none either, nobody. */
export function escalatedTo<User extends Pick<Told, 'id' | 'role'>>(users: User[], assigneeId: string | null): User[] {
  const others = users.filter(({ id }) => id !== assigneeId);
  const managers = others.filter(({ role }) => role === 'manager');
  return managers.length > 0 ? managers : others.filter(({ role }) => role === 'admin');
}

/** The mails about an overdue task, one to each who is told, at night where they are in the morning after. */
export function escalations(task: OverdueTask, users: Told[], now: Date): LedgerEntry[] {
  const notAfter = new Date(task.dueAt.getTime() + USEFUL * DAY);
  return escalatedTo(users, task.assigneeId).map(({ id, email, name, locale, timeZone }) => ({
    kind: 'escalation',
    dedupeKey: `escalation:${task.id}:${task.dueAt.toISOString()}:${id}`,
    aboutId: task.id,
    occursAt: task.dueAt,
    recipient: { userId: id, email, name, locale, timeZone },
    templateKey: 'task_escalation',
    data: {
      title: task.title,
      startsAt: task.dueAt.toISOString(),
      timeZone: task.timeZone,
      note: task.notes,
      about: task.about,
      assignee: task.assignee,
    },
    sendAt: isTimeZone(timeZone) ? outsideQuietHours(now, timeZone, { now, notAfter }) : now,
    notAfter,
  }));
}
