import { toLocal } from '#calendar';
import type { MilestoneRow } from '#trade-missions';
import { instant, stamps } from '../http/format.js';
import type { MilestoneDto } from './milestone.dto.js';

export const presentMilestone = (row: MilestoneRow): MilestoneDto => ({
  ...stamps(row),
  missionId: row.missionId,
  delegateId: row.delegateId,
  personId: row.personId,
  fullName: row.fullName,
  kind: row.kind,
  title: row.title,
  dueAt: instant(row.dueAt),
  dueAtLocal: toLocal(row.dueAt, row.timeZone),
  timeZone: row.timeZone,
  doneAt: instant(row.doneAt),
  overdue: row.overdue,
  remindBefore: row.remindBefore,
  remind: row.remind,
});
