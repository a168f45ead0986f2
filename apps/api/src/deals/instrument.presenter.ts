import type { InstrumentRow } from '#deals';
import { stamps } from '../http/format.js';
import type { InstrumentDto } from './instrument.dto.js';

export const presentInstrument = (row: InstrumentRow): InstrumentDto => ({
  ...stamps(row),
  dealId: row.dealId,
  kind: row.kind,
  providerId: row.providerId,
  provider: row.provider,
  status: row.status,
  amount: row.amount,
  statusOn: row.statusOn,
  datePrecision: row.datePrecision,
  missionId: row.missionId,
  mission: row.mission,
  evidence: row.evidence,
  note: row.note,
});
