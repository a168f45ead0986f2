import { Injectable } from '@nestjs/common';
import { type DeepPartial, type EntityTarget, type FindOptionsOrder, type FindOptionsWhere, In } from 'typeorm';
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

/** Rows of one INSERT: a statement has 65,535 parameters at most. */
const ROWS_AT_A_TIME = 1_000;

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
    const options = { reload: false, chunk: ROWS_AT_A_TIME };
    const entities = await manager.save(type as EntityTarget<E>, manager.create(type, values), options);
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

  /** The same for several that are not archived, in the order of their ids, so that two who want the same take turns. Throws NotFound. */
  async lockAll<E extends Archivable>(type: AuditedClass<E>, ids: string[]): Promise<E[]> {
    const entities = await this.database.manager.find(type, {
      where: { id: In(ids) } as FindOptionsWhere<E>,
      order: { id: 'ASC' } as FindOptionsOrder<E>,
      lock: { mode: 'pessimistic_write' },
      loadEagerRelations: false,
    });
    const found = new Set(entities.filter(({ archivedAt }) => archivedAt === null).map(({ id }) => id));
    const missing = ids.find((id) => !found.has(id));
    if (missing !== undefined) throw new NotFound(type.noun.replaceAll('_', ' '), missing);
    return entities;
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

  /** The same for several locked entities with a patch each, in one statement; those in which nothing changes stay as they are. */
  async updateAll<E extends VersionedEntity>(
    type: AuditedClass<E>,
    patches: { entity: NoInfer<E>; patch: Partial<NoInfer<E>> }[],
    action = 'updated',
  ): Promise<void> {
    const changed = patches.flatMap(({ entity, patch }) => {
      const before = { ...entity };
      Object.assign(entity, definedOnly(patch));
      return changedFields(before, entity).length > 0 ? [{ before, entity }] : [];
    });
    if (changed.length === 0) return;
    await this.write(type, changed);
    const told = { action, subjectType: type.noun };
    const changes = changed.map(({ before, entity }) => ({ aboutId: entity.id, ...diff(before, entity) }));
    await this.trail.record(...changes.filter(({ after }) => after).map((change) => ({ ...told, ...change })));
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

  /** The fields in which any of them has changed, of all of them; gives each its new version. */
  private async write<E extends VersionedEntity>(type: AuditedClass<E>, changed: Changed<E>[]): Promise<void> {
    const { tableName, columns } = this.database.manager.connection.getMetadata(type);
    const fields = new Set(changed.flatMap(({ before, entity }) => changedFields(before, entity)));
    const set = columns.filter(({ propertyName }) => fields.has(propertyName)).map(({ databaseName }) => databaseName);
    const rows = changed.map(({ entity }) =>
      Object.fromEntries(columns.map((column) => [column.databaseName, column.getEntityValue(entity)])),
    );
    const stamps = await this.database.query<{ id: string; version: number; updatedAt: Date }>(
      updateSql(tableName, set),
      [JSON.stringify(rows)],
    );
    const byId = new Map(stamps.map((stamp) => [stamp.id, stamp]));
    for (const { entity } of changed) Object.assign(entity, byId.get(entity.id));
  }
}

/** An entity before and after a change. */
interface Changed<E> {
  before: E;
  entity: E;
}

/** A patch without the fields it leaves alone. */
export const definedOnly = <T extends object>(patch: T): T =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T;

const updateSql = (table: string, columns: string[]): string => `
  WITH changed AS (
    UPDATE ${table} t SET ${columns.map((column) => `${column} = r.${column}`).join(', ')}, version = t.version + 1, updated_at = now()
    FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) r WHERE t.id = r.id RETURNING t.id, t.version, t.updated_at
  ) SELECT id, version, updated_at AS "updatedAt" FROM changed`;
