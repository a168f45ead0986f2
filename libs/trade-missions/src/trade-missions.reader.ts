import { Injectable } from '@nestjs/common';
import { Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { searchedBy, sectorsField } from '#records';
import { MISSION_STATUSES, type MissionStatus } from './mission-status.js';
import { MISSION_DIRECTIONS, type MissionDirection } from './trade-mission.entity.js';

export interface TradeMissionRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  name: string;
  direction: MissionDirection;
  status: MissionStatus;
  sponsorId: string | null;
  ownerId: string | null;
  sectors: string[];
  originCountry: string;
  hostCountry: string;
  /** YYYY-MM-DD */
  startsOn: string;
  /** Last day, included. */
  endsOn: string;
  timeZone: string;
  objectives: string | null;
}

const organizationSql = (id: string): string =>
  `(SELECT jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) FROM organizations o WHERE o.id = ${id})`;

export const tradeMissionsList: ListSpec<TradeMissionRow> = {
  from: 'trade_missions m',
  id: 'm.id',
  select: {
    id: 'm.id',
    version: 'm.version',
    createdAt: 'm.created_at',
    updatedAt: 'm.updated_at',
    archivedAt: 'm.archived_at',
    name: 'm.name',
    direction: 'm.direction',
    status: 'm.status',
    sponsorId: 'm.sponsor_id',
    ownerId: 'm.owner_id',
    sectors: 'm.sectors',
    originCountry: 'm.origin_country',
    hostCountry: 'm.host_country',
    startsOn: 'm.starts_on::text',
    endsOn: 'm.ends_on::text',
    timeZone: 'm.time_zone',
    objectives: 'm.objectives',
  },
  fields: {
    name: { column: 'm.name', kind: 'text', sortable: true },
    direction: { column: 'm.direction', kind: 'enum', values: MISSION_DIRECTIONS, sortable: true },
    status: { column: 'm.status', kind: 'enum', values: MISSION_STATUSES, sortable: true },
    sponsorId: { column: 'm.sponsor_id', kind: 'uuid' },
    ownerId: { column: 'm.owner_id', kind: 'uuid' },
    sectors: sectorsField('m.sectors'),
    originCountry: { column: 'm.origin_country', kind: 'text', sortable: true },
    hostCountry: { column: 'm.host_country', kind: 'text', sortable: true },
    startsOn: { column: 'm.starts_on', kind: 'date', sortable: true },
    endsOn: { column: 'm.ends_on', kind: 'date', sortable: true },
    createdAt: { column: 'm.created_at', kind: 'instant', sortable: true },
    updatedAt: { column: 'm.updated_at', kind: 'instant', sortable: true },
  },
  defaultSort: '-startsOn',
  search: searchedBy('m.id'),
  where: 'm.archived_at IS NULL',
  includes: {
    sponsor: organizationSql('m.sponsor_id'),
    owner: `(SELECT jsonb_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = m.owner_id)`,
  },
};

/** Answers about trade missions. */
@Injectable()
export class TradeMissionsReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<TradeMissionRow>> {
    return listPage(this.database, tradeMissionsList, request);
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string, include: string[] = []): Promise<TradeMissionRow> {
    return demandOne(this.database, tradeMissionsList, 'trade mission', id, include);
  }
}
