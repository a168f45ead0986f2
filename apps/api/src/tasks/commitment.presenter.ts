import type { CommitmentRow, NamedParty } from '#tasks';
import { instant, stamps } from '../http/format.js';
import type { CommitmentDto, NamedPartyDto } from './commitment.dto.js';

export const presentCommitment = (row: CommitmentRow): CommitmentDto => ({
  ...stamps(row),
  action: row.action,
  owedBy: presentParty(row.owedBy),
  owedTo: presentParty(row.owedTo),
  dueFrom: row.dueFrom,
  dueTo: row.dueTo,
  overdue: row.overdue,
  about: row.about,
  source: row.source,
  status: row.status,
  evidence: row.evidence ?? row.evidenceRecord,
  settledAt: instant(row.settledAt),
});

const presentParty = ({ organizationId, organizationName, personId, personName }: NamedParty): NamedPartyDto => ({
  organizationId,
  organizationName,
  personId,
  personName,
});
