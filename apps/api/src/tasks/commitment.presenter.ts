import type { Page } from '#database';
import { byParty, type CommitmentRow, type NamedParty, type OpenSides } from '#tasks';
import { instant, stamps } from '../http/format.js';
import type { CommitmentDto, EventCommitmentsDto, NamedPartyDto, OpenCommitmentsDto } from './commitment.dto.js';

export const presentCommitment = (row: CommitmentRow): CommitmentDto => ({
  ...stamps(row),
  action: row.action,
  owedBy: presentParty(row.owedBy),
  owedTo: presentParty(row.owedTo),
  dueFrom: row.dueFrom,
  dueTo: row.dueTo,
  dueText: row.dueText,
  ownerId: row.ownerId,
  owner: row.ownerId ? { id: row.ownerId, name: row.ownerName } : null,
  remindBefore: row.remindBefore,
  overdue: row.overdue,
  about: row.about,
  source: row.source,
  status: row.status,
  evidence: row.evidence ?? row.evidenceRecord,
  settledAt: instant(row.settledAt),
  reopeningNote: row.reopeningNote,
});

export const presentOpenSides = ({ owedByThem, owedToThem }: OpenSides): OpenCommitmentsDto => ({
  owedByThem: owedByThem.data.map(presentCommitment),
  owedToThem: owedToThem.data.map(presentCommitment),
  owedByThemCount: owedByThem.page.total ?? 0,
  owedToThemCount: owedToThem.page.total ?? 0,
});

export const presentByParty = ({ data, page }: Page<CommitmentRow>): EventCommitmentsDto => ({
  count: page.total ?? 0,
  parties: byParty(data).map(({ party, owedByThem, owedToThem }) => ({
    party: { type: party.type, id: party.id, title: party.title },
    owedByThem: owedByThem.map(presentCommitment),
    owedToThem: owedToThem.map(presentCommitment),
  })),
});

const presentParty = ({ organizationId, organizationName, personId, personName }: NamedParty): NamedPartyDto => ({
  organizationId,
  organizationName,
  personId,
  personName,
});
