import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { AuditedStore, definedOnly } from '#audit';
import { Database, Transactional } from '#database';
import { Invalid } from '#faults';
import { Organization } from './organization.entity.js';
import { PreferredTaken, unknownReference } from './members.errors.js';
import { Person } from './person.entity.js';
import { Position } from './position.entity.js';

export interface PositionInput {
  organizationId?: string | null;
  title: string;
  startedOn?: string | null;
  endedOn?: string | null;
  source?: string | null;
  preferred?: boolean;
}

@Injectable()
export class PositionsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
  ) {}

  /** The first title of a person at an organization is the preferred one unless said otherwise. Throws NotFound, Invalid. */
  @Transactional()
  async create(personId: string, input: PositionInput): Promise<Position> {
    await this.store.lock(Person, personId);
    await this.demandSound(input);
    const others = await this.preferredAt(personId, input.organizationId ?? null);
    const preferred = input.preferred ?? others.length === 0;
    if (preferred) await this.unprefer(others);
    return this.store.insert(Position, { ...input, personId, preferred });
  }

  /** Preferring one title un-prefers the other of the same person and organization. Throws NotFound, Stale, Invalid. */
  @Transactional()
  async update(id: string, patch: Partial<PositionInput>, version?: number): Promise<Position> {
    await this.lockPerson(id);
    const position = await this.store.lock(Position, id, version);
    const next = { ...position, ...definedOnly(patch) };
    await this.demandSound(next, position);
    if (next.preferred) await this.unprefer(await this.others(position, next.organizationId));
    return this.store.update(Position, position, patch);
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.store.archive(Position, id, version);
  }

  /** Puts an archived title back. Throws NotFound, NotArchived, PreferredTaken. */
  @Transactional()
  async restore(id: string): Promise<void> {
    await this.lockPerson(id);
    const position = await this.store.lockAny(Position, id);
    const [preferred] = position.preferred ? await this.others(position, position.organizationId) : [];
    if (preferred && position.archivedAt) throw new PreferredTaken(preferred.id);
    await this.store.restore(Position, id);
  }

  /** Changes to one person's titles take turns; the person goes first, as in `create`. */
  private async lockPerson(positionId: string): Promise<void> {
    await this.database.query(
      'SELECT FROM people WHERE id = (SELECT person_id FROM positions WHERE id = $1) FOR NO KEY UPDATE',
      [positionId],
    );
  }

  private async others(position: Position, organizationId: string | null): Promise<Position[]> {
    const preferred = await this.preferredAt(position.personId, organizationId);
    return preferred.filter((other) => other.id !== position.id);
  }

  /** An organization that has left the directory keeps its titles, but takes no new ones. */
  private async demandSound(input: PositionInput, stored?: Position): Promise<void> {
    if (input.startedOn && input.endedOn && input.endedOn < input.startedOn) {
      throw Invalid.field('/endedOn', 'ends_before_start', 'A position cannot end before it starts.');
    }
    if (!input.organizationId || input.organizationId === stored?.organizationId) return;
    const found = await this.database.manager.findOne(Organization, {
      where: { id: input.organizationId, archivedAt: IsNull() },
      // Nobody merges it away before the commit.
      lock: { mode: 'for_key_share' },
    });
    if (!found) throw unknownReference('/organizationId', 'organization with id', input.organizationId);
  }

  private async preferredAt(personId: string, organizationId: string | null): Promise<Position[]> {
    return this.database.manager
      .createQueryBuilder(Position, 'p')
      .where('p.person_id = :personId AND p.organization_id IS NOT DISTINCT FROM :organizationId', {
        personId,
        organizationId,
      })
      .andWhere('p.preferred AND p.archived_at IS NULL')
      .getMany();
  }

  private async unprefer(positions: Position[]): Promise<void> {
    for (const position of positions) await this.store.update(Position, position, { preferred: false });
  }
}
