import { momentText, type TouchpointRow } from '#deals';
import { stamps } from '../http/format.js';
import type { TouchpointDto } from './touchpoint.dto.js';

export const presentTouchpoint = (row: TouchpointRow): TouchpointDto => ({
  ...stamps(row),
  dealId: row.dealId,
  about: row.about,
  effect: row.effect,
  at: momentText(row, row.timeZone),
  datePrecision: row.datePrecision,
  note: row.note,
  implicit: row.implicit,
});
