import { Injectable } from '@nestjs/common';
import { childrenOf, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { searchedBy } from '#records';
import { TAKING_PART } from './delegate-status.js';
import { TradeMissionsReader } from './trade-missions.reader.js';

export interface ItineraryDelegate {
  id: string;
  personId: string;
  fullName: string;
}

export interface ItineraryItemRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  missionId: string;
  kind: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  city: string | null;
  address: string | null;
  /** Address and city. */
  place: string | null;
  hostId: string | null;
  /** The host's organization, with its contact. */
  host: { id: string; organizationId: string; organization: string; status: string } | null;
  notes: string | null;
  holdsPeople: boolean;
  /** Those named; null: every delegate who is coming. */
  delegateIds: string[] | null;
  /** Who takes part as things are now, by name. */
  delegates: ItineraryDelegate[];
}

/** SQL condition: the delegate (alias `d`) takes part in the item (alias `i`). */
export const takingPartSql = (d: string, i: string): string => `
  ${d}.mission_id = ${i}.mission_id AND ${d}.archived_at IS NULL AND ${d}.status IN (${TAKING_PART.map((status) => `'${status}'`).join(', ')})
  AND (${i}.for_all OR EXISTS (SELECT FROM itinerary_item_delegates n WHERE n.item_id = ${i}.id AND n.delegate_id = ${d}.id))`;

const DELEGATES = `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'personId', d.person_id, 'fullName', p.full_name)
     ORDER BY p.full_name, d.id), '[]')
   FROM delegates d JOIN people p ON p.id = d.person_id WHERE ${takingPartSql('d', 'i')})`;

const HOST = `
  (SELECT jsonb_build_object('id', h.id, 'organizationId', o.id, 'organization', o.name, 'status', h.status)
   FROM mission_hosts h JOIN organizations o ON o.id = h.organization_id WHERE h.id = i.host_id)`;

/** Whose delegate may have been archived. */
const NAMED = `
  CASE WHEN NOT i.for_all THEN ARRAY(
    SELECT n.delegate_id::text FROM itinerary_item_delegates n JOIN delegates d ON d.id = n.delegate_id
    WHERE n.item_id = i.id AND d.archived_at IS NULL ORDER BY n.delegate_id) END`;

export const itineraryList: ListSpec<ItineraryItemRow> = {
  from: 'itinerary_items i',
  id: 'i.id',
  select: {
    id: 'i.id',
    version: 'i.version',
    createdAt: 'i.created_at',
    updatedAt: 'i.updated_at',
    archivedAt: 'i.archived_at',
    missionId: 'i.mission_id',
    kind: 'i.kind',
    title: 'i.title',
    startsAt: 'i.starts_at',
    endsAt: 'i.ends_at',
    timeZone: 'i.time_zone',
    city: 'i.city',
    address: 'i.address',
    place: `nullif(concat_ws(', ', i.address, i.city), '')`,
    hostId: 'i.host_id',
    host: HOST,
    notes: 'i.notes',
    holdsPeople: 'i.holds_people',
    delegateIds: NAMED,
    delegates: DELEGATES,
  },
  fields: {
    kind: { column: 'i.kind', kind: 'text', sortable: true },
    title: { column: 'i.title', kind: 'text', sortable: true },
    startsAt: { column: 'i.starts_at', kind: 'instant', sortable: true },
    endsAt: { column: 'i.ends_at', kind: 'instant', sortable: true },
    city: { column: 'i.city', kind: 'text', sortable: true },
    hostId: { column: 'i.host_id', kind: 'uuid' },
    delegateId: {
      column: `ARRAY(SELECT d.id::text FROM delegates d WHERE ${takingPartSql('d', 'i')})`,
      kind: 'list',
    },
    createdAt: { column: 'i.created_at', kind: 'instant', sortable: true },
    updatedAt: { column: 'i.updated_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'startsAt',
  search: searchedBy('i.id'),
  where: 'i.archived_at IS NULL',
};

/** Answers what the delegates of missions do, when and where. */
@Injectable()
export class ItineraryReader {
  constructor(
    private readonly database: Database,
    private readonly missions: TradeMissionsReader,
  ) {}

  /** Items of one mission, the earliest first. Throws NotFound when there is no such mission. */
  async listOf(missionId: string, request: ListRequest): Promise<Page<ItineraryItemRow>> {
    await this.missions.get(missionId);
    return listPage(this.database, itineraryList, request, childrenOf('i.mission_id', missionId));
  }

  /** All of them, the earliest first, for other features. */
  ofMission(missionId: string): Promise<ItineraryItemRow[]> {
    const columns = Object.entries<string>(itineraryList.select).map(([property, sql]) => `${sql} AS "${property}"`);
    return this.database.query<ItineraryItemRow>(
      `SELECT ${columns.join(', ')} FROM itinerary_items i WHERE i.mission_id = $1 AND i.archived_at IS NULL
       ORDER BY i.starts_at, i.ends_at, i.id`,
      [missionId],
    );
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string): Promise<ItineraryItemRow> {
    return demandOne(this.database, itineraryList, 'itinerary item', id);
  }
}
