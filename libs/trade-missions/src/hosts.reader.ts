import { Injectable } from '@nestjs/common';
import { childrenOf, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { searchedBy } from '#records';
import { HOST_STATUSES, type HostStatus } from './mission-host.entity.js';
import { TradeMissionsReader } from './trade-missions.reader.js';

export interface HostRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  missionId: string;
  organizationId: string;
  /** Name of the organization. */
  organization: string;
  contactId: string | null;
  /** Full name of the person who receives the delegates. */
  contact: string | null;
  status: HostStatus;
  fitNote: string | null;
}

export const hostsList: ListSpec<HostRow> = {
  from: 'mission_hosts h JOIN organizations o ON o.id = h.organization_id LEFT JOIN people p ON p.id = h.contact_id',
  id: 'h.id',
  select: {
    id: 'h.id',
    version: 'h.version',
    createdAt: 'h.created_at',
    updatedAt: 'h.updated_at',
    archivedAt: 'h.archived_at',
    missionId: 'h.mission_id',
    organizationId: 'h.organization_id',
    organization: 'o.name',
    contactId: 'h.contact_id',
    contact: 'p.full_name',
    status: 'h.status',
    fitNote: 'h.fit_note',
  },
  fields: {
    organization: { column: 'o.name', kind: 'text', sortable: true },
    organizationId: { column: 'h.organization_id', kind: 'uuid' },
    contactId: { column: 'h.contact_id', kind: 'uuid' },
    status: { column: 'h.status', kind: 'enum', values: HOST_STATUSES, sortable: true },
    createdAt: { column: 'h.created_at', kind: 'instant', sortable: true },
    updatedAt: { column: 'h.updated_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'organization',
  search: searchedBy('h.organization_id'),
  where: 'h.archived_at IS NULL',
};

/** Who receives the delegates of missions. */
@Injectable()
export class HostsReader {
  constructor(
    private readonly database: Database,
    private readonly missions: TradeMissionsReader,
  ) {}

  /** Hosts of one mission, by name. Throws NotFound when there is no such mission. */
  async listOf(missionId: string, request: ListRequest): Promise<Page<HostRow>> {
    await this.missions.get(missionId);
    return listPage(this.database, hostsList, request, childrenOf('h.mission_id', missionId));
  }

  /** All of them, by name, for other features; those who declined among them. */
  ofMission(missionId: string): Promise<HostRow[]> {
    const columns = Object.entries<string>(hostsList.select).map(([property, sql]) => `${sql} AS "${property}"`);
    return this.database.query<HostRow>(
      `SELECT ${columns.join(', ')} FROM ${hostsList.from} WHERE h.mission_id = $1 AND ${hostsList.where} ORDER BY o.name, h.id`,
      [missionId],
    );
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string): Promise<HostRow> {
    return demandOne(this.database, hostsList, 'host', id);
  }
}
