import type { HostRow, ItineraryItemRow, TradeMissionRow } from '#trade-missions';
import { presentEventTime } from '../calendar/event-time.presenter.js';
import { stamps } from '../http/format.js';
import type { ItineraryItemDto } from './itinerary.dto.js';
import type { HostDto, TradeMissionDto } from './trade-mission.dto.js';

export const presentTradeMission = (
  row: TradeMissionRow & { sponsor?: object | null; owner?: object | null },
): TradeMissionDto => ({
  ...stamps(row),
  name: row.name,
  direction: row.direction,
  status: row.status,
  sponsorId: row.sponsorId,
  ownerId: row.ownerId,
  sectors: row.sectors,
  originCountry: row.originCountry,
  hostCountry: row.hostCountry,
  startsOn: row.startsOn,
  endsOn: row.endsOn,
  timeZone: row.timeZone,
  objectives: row.objectives,
  ...(row.sponsor !== undefined && { sponsor: row.sponsor }),
  ...(row.owner !== undefined && { owner: row.owner }),
});

export const presentHost = (row: HostRow): HostDto => ({
  ...stamps(row),
  missionId: row.missionId,
  organizationId: row.organizationId,
  organization: row.organization,
  contactId: row.contactId,
  contact: row.contact,
  status: row.status,
  fitNote: row.fitNote,
});

export const presentItineraryItem = (row: ItineraryItemRow): ItineraryItemDto => ({
  ...stamps(row),
  missionId: row.missionId,
  kind: row.kind,
  title: row.title,
  ...presentEventTime(row),
  city: row.city,
  address: row.address,
  place: row.place,
  hostId: row.hostId,
  host: row.host,
  notes: row.notes,
  holdsPeople: row.holdsPeople,
  delegateIds: row.delegateIds,
  delegates: row.delegates,
});
