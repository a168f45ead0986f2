import { Injectable } from '@nestjs/common';
import type { DeepPartial, EntityTarget, FindOptionsWhere } from 'typeorm';
import { Database, type VersionedEntity } from '#database';
import { Conflict, NotFound, Stale } from '#faults';
import { AuditTrail } from './audit-trail.js';
import { changedFields, diff, visibleFields } from './diff.js';

/** What an entity must tell so that its changes can be kept: the noun people use for it. */
export interface AuditedClass<E extends VersionedEntity> {
  new (): E;
  /** `organization`, `side_meeting`… */
  readonly noun: string;
}

/** Anything that can be archived. */
type Archivable = VersionedEntity & { archivedAt: Date | null };

/** There is nothing to restore. */
export class NotArchived extends Conflict {
  constructor(noun: string) {
    super('not_archived', `This ${noun.replaceAll('_', ' ')} is not archived.`);
  }
}

/** The write side every service shares: insert, lock, update, archive, each with its audit entry. Needs a transaction. */
@Injectable()
export class AuditedStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** Inserts a new entity and says so in the audit trail. */
  async insert<E extends VersionedEntity>(type: AuditedClass<E>, values: NoInfer<DeepPartial<E>>): Promise<E> {
    const manager = this.database.manager;
    const entity = await manager.save(type as EntityTarget<E>, manager.create(type, values), { reload: false });
    await this.trail.record({
      action: 'created',
      subjectType: type.noun,
      aboutId: entity.id,
      after: visibleFields(entity),
    });
    return entity;
  }

  /** Inserts several entities of one kind in one statement, with an audit entry each. */
  async insertAll<E extends VersionedEntity>(type: AuditedClass<E>, values: NoInfer<DeepPartial<E>>[]): Promise<E[]> {
    if (values.length === 0) return [];
    const manager = this.database.manager;
    const entities = await manager.save(type as EntityTarget<E>, manager.create(type, values), { reload: false });
    const created = { action: 'created', subjectType: type.noun };
    await this.trail.record(
      ...entities.map((entity) => ({ ...created, aboutId: entity.id, after: visibleFields(entity) })),
    );
    return entities;
  }

  /** Reads an entity and keeps others from changing it until the commit. Throws NotFound, or Stale when `version` is another one. */
  async lock<E extends VersionedEntity>(type: AuditedClass<E>, id: string, version?: number): Promise<E> {
    const entity = await this.lockAny(type, id);
    if ('archivedAt' in entity && entity.archivedAt !== null) throw new NotFound(type.noun.replaceAll('_', ' '), id);
    if (version !== undefined && version !== entity.version) throw new Stale(version, entity.version);
    return entity;
  }

  /** The same for one that may be archived. Throws NotFound. */
  async lockAny<E extends VersionedEntity>(type: AuditedClass<E>, id: string): Promise<E> {
    const entity = await this.database.manager.findOne(type, {
      where: { id } as FindOptionsWhere<E>,
      lock: { mode: 'pessimistic_write' },
      loadEagerRelations: false,
    });
    if (!entity) throw new NotFound(type.noun.replaceAll('_', ' '), id);
    return entity;
  }

  /** Applies `patch` (undefined leaves a field alone) to a locked entity; writes nothing when nothing changes. */
  async update<E extends VersionedEntity>(
    type: AuditedClass<E>,
    entity: NoInfer<E>,
    patch: Partial<NoInfer<E>>,
    action = 'updated',
  ): Promise<E> {
    const before = { ...entity };
    Object.assign(entity, definedOnly(patch));
    if (changedFields(before, entity).length === 0) return entity;
    await this.database.manager.save(type as EntityTarget<E>, entity as DeepPartial<E> & E, { reload: false });
    const change = diff(before, entity);
    if (change) await this.trail.record({ action, subjectType: type.noun, aboutId: entity.id, ...change });
    return entity;
  }

  /** Takes an entity out of every list; what points at it keeps pointing. */
  async archive<E extends Archivable>(type: AuditedClass<E>, id: string, version?: number): Promise<E> {
    const entity = await this.lock(type, id, version);
    return this.update(type, entity, { archivedAt: new Date() } as Partial<E>, 'archived');
  }

  /** Puts an archived entity back into the lists. Throws NotFound, NotArchived. */
  async restore<E extends Archivable>(type: AuditedClass<E>, id: string): Promise<E> {
    const entity = await this.lockAny(type, id);
    if (entity.archivedAt === null) throw new NotArchived(type.noun);
    return this.update(type, entity, { archivedAt: null } as Partial<E>, 'restored');
  }
}

/** A patch without the fields it leaves alone. */
export const definedOnly = <T extends object>(patch: T): T =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T;
