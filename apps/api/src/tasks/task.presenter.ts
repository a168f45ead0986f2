import { toLocal } from '#calendar';
import type { TaskRow } from '#tasks';
import { instant, stamps } from '../http/format.js';
import type { TaskDto } from './task.dto.js';

export const presentTask = (row: TaskRow): TaskDto => ({
  ...stamps(row),
  title: row.title,
  dueAt: instant(row.dueAt),
  dueAtLocal: row.dueAt && row.timeZone ? toLocal(row.dueAt, row.timeZone) : null,
  timeZone: row.timeZone,
  assigneeId: row.assigneeId,
  assignee: row.assigneeId ? { id: row.assigneeId, name: row.assigneeName } : null,
  priority: row.priority,
  status: row.status,
  completedAt: instant(row.completedAt),
  overdue: row.overdue,
  about: row.about,
  commitmentId: row.commitmentId,
  remindBefore: row.remindBefore,
  notes: row.notes,
});
