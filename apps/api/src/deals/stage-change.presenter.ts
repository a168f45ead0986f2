import { momentText, type StageChangeRow } from '#deals';
import { instant } from '../http/format.js';
import type { StageChangeDto } from './stage-change.dto.js';

export const presentStageChange = (row: StageChangeRow): StageChangeDto => ({
  id: row.id,
  dealId: row.dealId,
  place: row.place,
  from: row.from,
  to: row.to,
  stage: row.to,
  at: momentText(row),
  datePrecision: row.datePrecision,
  note: row.note,
  evidence: row.evidence,
  by: { id: row.byId, name: row.byName },
  createdAt: instant(row.createdAt),
});
