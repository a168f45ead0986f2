import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { AuditTrail } from '#audit';
import { BookingsService } from '#calendar';
import { Database, Transactional } from '#database';
import { NotFound } from '#faults';
import type { RecordEntity } from '#records';
import { type MergeKind, MERGE_KINDS } from './merge-kinds.js';
import { MergeSchema } from './merge-schema.js';
import { MergeUndo, type Stayed } from './merge-undo.js';
import { type Member, type Values, withoutAdded } from './merge-values.js';
import { KeptWasMerged, MergeReverted, type MergeType } from './merges.errors.js';
import { FOLLOW_NAMES } from './merges.service.js';

interface StoredMerge {
  type: MergeType;
  keptId: string;
  mergedIds: string[];
  before: Values;
  after: Values;
  revertedAt: Date | null;
}

/** Takes merges back: the merged records return with all that was theirs, unless somebody changed it since. */
@Injectable()
export class MergeRevertsService {
  constructor(
    readonly database: Database,
    private readonly schema: MergeSchema,
    private readonly trail: AuditTrail,
    private readonly bookings: BookingsService,
  ) {}

  /** Answers what stayed as it was. Throws NotFound, MergeReverted, KeptWasMerged. */
  @Transactional()
  async revert(id: string): Promise<Stayed[]> {
    const merge = await this.lock(id);
    const kind = MERGE_KINDS[merge.type];
    const kept = await this.lockRecords(kind, merge);
    await this.database.query(
      `UPDATE ${kind.table} SET archived_at = NULL, updated_at = now(), version = version + 1 WHERE id = ANY($1::uuid[])`,
      [merge.mergedIds],
    );
    const stayed = await new MergeUndo(this.database, this.schema, id).undo();
    stayed.push(...(await this.restore(kind, kept, merge, id)));
    await this.database.query('DELETE FROM duplicate_dismissals WHERE merge_id = $1', [id]);
    await this.database.query('DELETE FROM merged_records WHERE merge_id = $1', [id]);
    await this.database.query(FOLLOW_NAMES, [[merge.keptId, ...merge.mergedIds]]);
    await this.database.query(FINISH, [id, JSON.stringify(stayed)]);
    return stayed;
  }

  private async lock(id: string): Promise<StoredMerge> {
    const merge = await this.database.queryOne<StoredMerge>(LOCK, [id]);
    if (!merge) throw new NotFound('merge', id);
    if (merge.revertedAt) throw new MergeReverted(id);
    return merge;
  }

  /** In the order in which merges lock them; only then is it certain that the kept one has not gone on. */
  private async lockRecords(kind: MergeKind, { keptId, mergedIds }: StoredMerge): Promise<Member> {
    const ids = [keptId, ...mergedIds].sort();
    if (kind.type === 'person') await this.bookings.takeTurns(ids);
    const rows = await this.database.manager.find<RecordEntity>(kind.entity, {
      where: { id: In(ids) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
      loadEagerRelations: false,
    });
    const later = await this.database.queryOne<{ id: string }>(
      'SELECT merge_id AS id FROM merged_records WHERE id = $1',
      [keptId],
    );
    if (later) throw new KeptWasMerged(later.id);
    const kept = rows.find((row) => row.id === keptId);
    if (!kept) throw new NotFound(kind.type, keptId);
    return kept as unknown as Member;
  }

  /** Gives the kept record the values it had, field by field where it still has what the merge gave it. */
  private async restore(kind: MergeKind, kept: Member, merge: StoredMerge, mergeId: string): Promise<Stayed[]> {
    const { before, after } = earlier(kept, merge);
    const changed = Object.keys(merge.after).filter((field) => !same(kept[field], merge.before[field]));
    const stayed = changed.filter((field) => !(field in before));
    Object.assign(kept, before);
    Object.assign(kept, kind.keys(kept));
    await this.database.manager.save(kind.entity, kept as unknown as RecordEntity, { reload: false });
    const change = { action: 'unmerged', subjectType: kind.type };
    await this.trail.record(
      { ...change, aboutId: kept.id, before: after, after: { ...before, mergeId } },
      ...merge.mergedIds.map((aboutId) => ({ ...change, aboutId, after: { mergeId } })),
    );
    return stayed.map((field) => ({ relation: kind.table, id: kept.id, field, code: 'changed_since' as const }));
  }
}

/** What to write back, and what stands there now. */
function earlier(kept: Member, { before, after }: StoredMerge): { before: Values; after: Values } {
  const restored = Object.entries(after).flatMap(([field, value]): [string, unknown][] => {
    const old = before[field];
    if (same(kept[field], value)) return [[field, old]];
    if (!Array.isArray(kept[field]) || !Array.isArray(value) || !Array.isArray(old)) return [];
    return [[field, withoutAdded(kept[field] as string[], old as string[], value as string[])]];
  });
  return {
    before: Object.fromEntries(restored),
    after: Object.fromEntries(restored.map(([field]) => [field, kept[field]])),
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

const LOCK = `
  SELECT type, kept_id AS "keptId", merged_ids AS "mergedIds", kept_before AS before, kept_after AS after,
    reverted_at AS "revertedAt" FROM merges WHERE id = $1 FOR UPDATE`;

const FINISH = `
  UPDATE merges SET reverted_at = now(), updated_at = now(), version = version + 1, stayed = $2::jsonb WHERE id = $1`;
