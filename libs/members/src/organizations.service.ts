import { Injectable } from '@nestjs/common';
import { AuditedStore, definedOnly } from '#audit';
import { Database, Transactional } from '#database';
import { SectorsService } from '#records';
import { organizationKeys } from './keys.js';
import { demandNotMerged } from './merged-records.js';
import { parentCycle, unknownReference } from './members.errors.js';
import { Organization, type OrganizationKind } from './organization.entity.js';
import { PARENTS_TAKE_TURNS } from './organization-parents.js';

export interface OrganizationInput {
  name: string;
  legalName?: string | null;
  kind: OrganizationKind;
  country?: string | null;
  website?: string | null;
  parentId?: string | null;
  sectors?: string[];
  aliases?: string[];
  tags?: string[];
  notes?: string | null;
}

@Injectable()
export class OrganizationsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly sectors: SectorsService,
  ) {}

  /** Throws Invalid when the parent does not exist. */
  @Transactional()
  async create(input: OrganizationInput): Promise<Organization> {
    if (input.parentId) await this.demandParent(input.parentId);
    const values = await this.sectors.withCodes(input);
    return this.store.insert(Organization, { ...values, ...organizationKeys(values) });
  }

  /** Throws NotFound, Stale, Invalid. */
  @Transactional()
  async update(id: string, patch: Partial<OrganizationInput>, version?: number): Promise<Organization> {
    if (patch.parentId) await this.database.query(PARENTS_TAKE_TURNS);
    const organization = await this.store.lock(Organization, id, version);
    if (patch.parentId && patch.parentId !== organization.parentId) await this.demandParent(patch.parentId, id);
    return this.store.update(Organization, organization, {
      ...(await this.sectors.withCodes(patch)),
      ...organizationKeys({ ...organization, ...definedOnly(patch) }),
    });
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.store.archive(Organization, id, version);
  }

  /** Puts an archived organization back into the lists; all that points at it has stayed. Throws NotFound, NotArchived, MergedAway. */
  @Transactional()
  async restore(id: string): Promise<void> {
    await demandNotMerged(this.database, id);
    await this.store.restore(Organization, id);
  }

  /** Walks upwards from the new parent; meeting the organization itself on the way would close a circle. */
  private async demandParent(parentId: string, childId?: string): Promise<void> {
    // Nobody merges it away before the commit.
    await this.database.query('SELECT FROM organizations WHERE id = $1 FOR KEY SHARE', [parentId]);
    const ancestors = await this.database.query<{ id: string }>(
      `WITH RECURSIVE up AS (
         SELECT id, parent_id FROM organizations WHERE id = $1 AND archived_at IS NULL
         UNION SELECT o.id, o.parent_id FROM organizations o JOIN up ON o.id = up.parent_id)
       SELECT id FROM up`,
      [parentId],
    );
    if (ancestors.length === 0) throw unknownReference('/parentId', 'organization with id', parentId);
    if (ancestors.some((ancestor) => ancestor.id === childId)) throw parentCycle();
  }
}
