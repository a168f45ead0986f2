import { type DealPartyRow, type DealRow, type IncludedParty, momentText } from '#deals';
import { instant, stamps } from '../http/format.js';
import type { DealPartyDto } from './deal-party.dto.js';
import type { DealDto } from './deal.dto.js';

export const presentDeal = (row: DealRow & { owner?: object | null; parties?: IncludedParty[] }): DealDto => ({
  ...stamps(row),
  title: row.title,
  kind: row.kind,
  stage: row.stage,
  heldFrom: row.heldFrom,
  stageSince: momentText({ at: row.stageSince, datePrecision: row.stagePrecision }),
  stagePrecision: row.stagePrecision,
  closedOn: row.closedOn,
  value: row.value,
  probability: row.probability,
  probabilityByStage: row.probabilityByStage,
  country: row.country,
  sectors: row.sectors,
  ownerId: row.ownerId,
  expectedCloseOn: row.expectedCloseOn,
  notes: row.notes,
  stalledSince: instant(row.stalledSince),
  ...(row.owner !== undefined && { owner: row.owner }),
  ...(row.parties && { parties: row.parties }),
});

export const presentDealParty = (row: DealPartyRow): DealPartyDto => ({
  ...stamps(row),
  dealId: row.dealId,
  organizationId: row.organizationId,
  organization: row.organization,
  personId: row.personId,
  person: row.person,
  role: row.role,
  note: row.note,
});
