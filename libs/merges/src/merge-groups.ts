import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { v7 } from 'uuid';
import { BookingsService } from '#calendar';
import { Database } from '#database';
import type { FieldFault } from '#faults';
import type { RecordEntity } from '#records';
import { type MergeKind, MERGE_KINDS } from './merge-kinds.js';
import type { Member } from './merge-values.js';
import { MembershipsOverlap, type MergeType, notMergeable } from './merges.errors.js';
import { MergesReader } from './merges.reader.js';

/** The records of one merge, locked. */
export interface MergeGroup {
  mergeId: string;
  kind: MergeKind;
  kept: Member;
  merged: Member[];
  /** Main addresses all of them had. */
  addresses: string[];
}

/** Locks what is to be merged, and says why it cannot be. */
@Injectable()
export class MergeGroups {
  constructor(
    private readonly database: Database,
    private readonly bookings: BookingsService,
    private readonly reader: MergesReader,
  ) {}

  /** Rows are locked in one order, so that merges that cross wait for each other, and the later one sees the earlier. */
  async lock(type: MergeType, keepId: string, mergeIds: string[]): Promise<MergeGroup> {
    const kind = MERGE_KINDS[type];
    const ids = [...new Set([keepId, ...mergeIds])].sort();
    if (type === 'person') await this.bookings.takeTurns(ids);
    const rows = await this.database.manager.find<RecordEntity>(kind.entity, {
      where: { id: In(ids) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
      loadEagerRelations: false,
    });
    await this.database.query('SELECT FROM records WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [ids]);
    const found = new Map(rows.map((row) => [row.id, row]));
    await this.demandMergeable(type, [keepId, ...mergeIds], found);
    const [kept, ...merged] = [keepId, ...mergeIds].map((id) => found.get(id) as unknown as Member) as [Member];
    await this.demandNoOverlap(kept, merged);
    const addresses = [kept, ...merged].flatMap(({ email }) => (email ? [email as string] : []));
    return { mergeId: v7(), kind, kept, merged, addresses };
  }

  private async demandMergeable(type: MergeType, ids: string[], found: Map<string, RecordEntity>): Promise<void> {
    const targets = await this.reader.targets(ids);
    const faults = ids.flatMap((id, index): FieldFault[] => {
      const pointer = index === 0 ? '/keepId' : `/mergeIds/${index - 1}`;
      const row = found.get(id);
      const keptId = targets.get(id);
      if (ids.indexOf(id) < index)
        return [{ pointer, code: 'merged_with_itself', message: 'A record cannot be merged with itself.' }];
      if (!row) return [{ pointer, code: 'unknown_record', message: `There is no ${type} with id ${id}.` }];
      if (keptId) return [{ pointer, code: 'already_merged', message: `It was merged into ${keptId} before.`, keptId }];
      return row.archivedAt ? [{ pointer, code: 'archived', message: 'It is archived; restore it first.' }] : [];
    });
    if (faults.length > 0) throw notMergeable(faults);
  }

  private async demandNoOverlap(kept: Member, merged: Member[]): Promise<void> {
    const overlaps = await this.database.query<{ memberships: object[] }>(OVERLAPS, [
      [kept, ...merged].map(({ id }) => id),
    ]);
    if (overlaps[0]) throw new MembershipsOverlap(overlaps[0].memberships);
  }
}

const OVERLAPS = `
  SELECT jsonb_build_array(${['a', 'b'].map(shownMembership).join(', ')}) AS memberships
  FROM memberships a JOIN memberships b ON a.id < b.id AND daterange(a.starts_on, a.ends_on, '[]') && daterange(b.starts_on, b.ends_on, '[]')
  WHERE ${['a', 'b']
    .map(
      (m) => `(${m}.organization_id = ANY($1::uuid[]) OR ${m}.person_id = ANY($1::uuid[]))
        AND ${m}.cancelled_on IS NULL AND ${m}.archived_at IS NULL`,
    )
    .join(' AND ')}
  ORDER BY a.starts_on, b.starts_on LIMIT 1`;

function shownMembership(alias: string): string {
  return `jsonb_build_object('id', ${alias}.id, 'memberId', coalesce(${alias}.organization_id, ${alias}.person_id),
    'startsOn', ${alias}.starts_on, 'endsOn', ${alias}.ends_on)`;
}
