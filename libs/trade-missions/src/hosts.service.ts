import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { type RecordReference, RecordsReader } from '#records';
import { HostsReader } from './hosts.reader.js';
import { LockedMissions } from './locked-missions.js';
import { type HostStatus, MissionHost } from './mission-host.entity.js';
import { HostExists } from './trade-missions.errors.js';

export interface HostInput {
  organizationId: string;
  /** Person who receives the delegates. */
  contactId?: string | null;
  /** Proposed unless said otherwise. */
  status?: HostStatus;
  fitNote?: string | null;
}

/** Adds, changes and archives the hosts of missions. */
@Injectable()
export class HostsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly records: RecordsReader,
    private readonly missions: LockedMissions,
    private readonly reader: HostsReader,
  ) {}

  /** Throws NotFound, Invalid, HostExists. */
  @Transactional()
  async create(missionId: string, input: HostInput): Promise<MissionHost> {
    await this.missions.get(missionId);
    await this.demandReferences(input);
    const same = await this.database.queryOne<{ id: string }>(SAME, [missionId, input.organizationId]);
    if (same) throw new HostExists(same.id);
    return this.store.insert(MissionHost, { ...input, missionId });
  }

  /** Throws NotFound, Stale, Invalid. */
  @Transactional()
  async update(id: string, patch: Partial<Omit<HostInput, 'organizationId'>>, version?: number): Promise<MissionHost> {
    await this.missions.get((await this.reader.get(id)).missionId);
    const host = await this.store.lock(MissionHost, id, version);
    await this.demandReferences(patch);
    return this.store.update(MissionHost, host, patch);
  }

  /** What names the host goes on naming it. Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.missions.get((await this.reader.get(id)).missionId);
    await this.store.archive(MissionHost, id, version);
  }

  private async demandReferences({ organizationId, contactId }: Partial<HostInput>): Promise<void> {
    const named: (RecordReference & { pointer: string })[] = [
      ...(organizationId ? [{ type: 'organization' as const, id: organizationId, pointer: '/organizationId' }] : []),
      ...(contactId ? [{ type: 'person' as const, id: contactId, pointer: '/contactId' }] : []),
    ];
    if (named.length > 0) await this.records.demand(named, currentActor(), (index) => named[index]?.pointer ?? '');
  }
}

const SAME = 'SELECT id FROM mission_hosts WHERE mission_id = $1 AND organization_id = $2 AND archived_at IS NULL';
