import { Injectable } from '@nestjs/common';
import { DELEGATE_STATUSES, DelegatesReader, HostsReader, TAKING_PART } from '#trade-missions';
import type { PlanParties } from './plan-requests.js';

/** Whom a plan of a mission may have meet. */
@Injectable()
export class PlanPartiesReader {
  constructor(
    private readonly delegates: DelegatesReader,
    private readonly hosts: HostsReader,
  ) {}

  /** All delegates and hosts that are not archived; also those who have declined or withdrawn, so that one can say so. */
  async of(missionId: string): Promise<PlanParties> {
    const delegates = await this.delegates.ofMission(missionId, DELEGATE_STATUSES);
    const hosts = await this.hosts.ofMission(missionId);
    return {
      delegates: new Map(delegates.map((row) => [row.id, { ...row, takesPart: TAKING_PART.includes(row.status) }])),
      hosts: new Map(hosts.map((row) => [row.id, { ...row, takesPart: row.status !== 'declined' }])),
    };
  }
}
