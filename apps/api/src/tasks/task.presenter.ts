import { toLocal } from '#calendar';
import type { MyDay, Some, TaskRow } from '#tasks';
import { instant, stamps } from '../http/format.js';
import { presentCommitment } from './commitment.presenter.js';
import type { MyDayDto, SomeTasksDto, TaskDto } from './task.dto.js';

export const presentTask = (row: TaskRow): TaskDto => ({
  ...stamps(row),
  title: row.title,
  dueAt: instant(row.dueAt),
  dueAtLocal: row.dueAt && row.timeZone ? toLocal(row.dueAt, row.timeZone) : null,
  timeZone: row.timeZone,
  assigneeId: row.assigneeId,
  assignee: row.assigneeId ? { id: row.assigneeId, name: row.assigneeName, active: row.assigneeActive } : null,
  priority: row.priority,
  status: row.status,
  completedAt: instant(row.completedAt),
  completionNote: row.completionNote,
  overdue: row.overdue,
  about: row.about,
  commitmentId: row.commitmentId,
  remindBefore: row.remindBefore,
  notes: row.notes,
});

const presentSome = ({ count, data }: Some<TaskRow>): SomeTasksDto => ({ count, data: data.map(presentTask) });

export const presentMyDay = ({ day, timeZone, commitments, ...groups }: MyDay): MyDayDto => ({
  day,
  timeZone,
  overdue: presentSome(groups.overdue),
  dueToday: presentSome(groups.dueToday),
  nextDays: presentSome(groups.nextDays),
  undated: presentSome(groups.undated),
  commitments: { count: commitments.count, data: commitments.data.map(presentCommitment) },
});
