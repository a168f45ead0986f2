import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { Invalid } from '#faults';
import type { RecordEntity } from '#records';
import { type Mapping, MergeJournal } from './merge-journal.js';
import { type MergeGroup, MergeGroups } from './merge-groups.js';
import { mergeFields } from './merge-kinds.js';
import { mergeMessages } from './merge-messages.js';
import { mapRows, mappedBy, MergeMover } from './merge-mover.js';
import { MergeSchema } from './merge-schema.js';
import {
  type Choices,
  demandChoices,
  leftValues,
  type Member,
  mergedValues,
  type MergeFields,
  type Values,
} from './merge-values.js';
import type { MergeType } from './merges.errors.js';
import { type MergeAnswer, MergesReader } from './merges.reader.js';

export interface MergeInput {
  keepId: string;
  /** 1–20 others, in the order in which they fill what the kept one lacks. */
  mergeIds: string[];
  /** Tells what would happen, and changes nothing. */
  dryRun?: boolean;
  fields?: Choices;
}

/** Makes several records of one person or organization one; everything that points at them follows. */
@Injectable()
export class MergesService {
  constructor(
    readonly database: Database,
    private readonly schema: MergeSchema,
    private readonly trail: AuditTrail,
    private readonly groups: MergeGroups,
    private readonly reader: MergesReader,
  ) {}

  /** Throws Invalid, MembershipsOverlap. A dry run is the merge itself, taken back before anybody sees it. */
  @Transactional()
  async merge(type: MergeType, input: MergeInput): Promise<MergeAnswer> {
    if (!input.dryRun) return this.carryOut(type, input);
    await this.database.query('SAVEPOINT rehearsal');
    try {
      return { ...(await this.carryOut(type, input)), id: null };
    } finally {
      await this.database.query('ROLLBACK TO SAVEPOINT rehearsal');
    }
  }

  private async carryOut(type: MergeType, { keepId, mergeIds, fields = {} }: MergeInput): Promise<MergeAnswer> {
    const group = await this.groups.lock(type, keepId, mergeIds);
    const { mergeId, kept, merged } = group;
    const known = mergeFields(this.database.manager, group.kind);
    demandChoices(fields, [keepId, ...mergeIds], known);
    await this.keep(group, await this.values(group, fields, known), known);
    await this.retire(group);
    await this.move(group);
    await this.database.query(CARRY_DISMISSALS, [mergeId, kept.id, merged.map(({ id }) => id)]);
    await this.database.query(FOLLOW_NAMES, [[kept.id]]);
    return this.reader.get(mergeId);
  }

  private async values({ kind, kept, merged }: MergeGroup, choices: Choices, fields: MergeFields): Promise<Values> {
    const values = mergedValues(kept, merged, choices, fields);
    if (kind.type === 'person') return values;
    const chosen = [kept, ...merged].filter(({ id }) => choices.parentId === undefined || id === choices.parentId);
    return { ...values, parentId: await this.parent(chosen, [kept, ...merged], choices.parentId !== undefined) };
  }

  /** The first parent above which none of the merged organizations stands: a parent merged into its child closes no circle. */
  private async parent(chosen: Member[], all: Member[], explicit: boolean): Promise<string | null> {
    const parents = chosen.flatMap(({ parentId }) => (parentId ? [parentId as string] : []));
    const circular = await this.database.query<{ id: string }>(CIRCULAR, [parents, all.map(({ id }) => id)]);
    const sound = parents.filter((parent) => !circular.some(({ id }) => id === parent));
    if (explicit && parents.length > sound.length)
      throw Invalid.field('/fields/parentId', 'parent_cycle', 'An organization cannot be above itself.');
    return sound[0] ?? null;
  }

  /** Writes the kept record, and the merge itself with what is needed to take it back. */
  private async keep({ mergeId, kind, kept, merged }: MergeGroup, values: Values, fields: MergeFields): Promise<void> {
    const changed = Object.keys(values).filter((name) => !same(values[name], kept[name]));
    const [before, after] = [kept, values].map((from) => Object.fromEntries(changed.map((name) => [name, from[name]])));
    const others = leftValues(values, [kept, ...merged], fields);
    const mergedIds = merged.map(({ id }) => id);
    await this.database.query(INSERT_MERGE, [
      ...[mergeId, kind.type, kept.id, mergedIds],
      ...[before, after, others].map((json) => JSON.stringify(json)),
      currentActor().id,
    ]);
    Object.assign(kept, values, kind.keys(values));
    await this.database.manager.save(kind.entity, kept as unknown as RecordEntity, { reload: false });
    const change = { action: 'merged', subjectType: kind.type, aboutId: kept.id };
    await this.trail.record({ ...change, before, after: { ...after, mergeId, mergedIds } });
  }

  /** The merged records leave lists, search and matching; their ids lead to the kept one. */
  private async retire({ mergeId, kind, kept, merged }: MergeGroup): Promise<void> {
    const ids = merged.map(({ id }) => id);
    await this.database.query(
      `UPDATE ${kind.table} SET archived_at = now(), updated_at = now(), version = version + 1 WHERE id = ANY($1::uuid[])`,
      [ids],
    );
    await this.database.query(
      'INSERT INTO merged_records (id, into_id, merge_id) SELECT id, $2, $3 FROM unnest($1::uuid[]) AS id',
      [ids, kept.id, mergeId],
    );
    const change = { action: 'merged_into', subjectType: kind.type, after: { mergedInto: kept.id, mergeId } };
    await this.trail.record(...ids.map((aboutId) => ({ ...change, aboutId })));
  }

  private async move({ mergeId, kind, kept, merged, addresses }: MergeGroup): Promise<void> {
    const journal = new MergeJournal(this.database, mergeId);
    const mappings = merged.map(({ id }, index): Mapping => ({ from: id, to: kept.id, rank: index + 1 }));
    await new MergeMover(this.database, this.schema, journal).move(
      [kind.table, 'records'],
      mappings,
      async (tables) => {
        const named = (name: string) => tables.find((table) => table.name === name);
        const [bookings, messages] = [named('bookings'), named('messages')];
        if (kind.type !== 'person' || !bookings || !messages) return;
        await journal.change({ table: bookings, ...softened(mergeId), extra: mapRows(mappings) });
        const to = {
          id: kept.id,
          name: String(kept.fullName),
          email: (kept.email as string | null) ?? null,
          addresses,
        };
        await mergeMessages(journal, messages, mappings, to);
      },
    );
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Two bookings of what is one person now may overlap; both stay, and the merged one's says why. */
const softened = (mergeId: string) => ({
  kind: 'made_soft' as const,
  set: { firm: 'false', override_reason: `'Double-booked by merge ${mergeId}: two records were one person.'` },
  from: mappedBy('resource_id'),
  where: `t.firm AND EXISTS (
    SELECT FROM bookings o LEFT JOIN jsonb_to_recordset(given.extra) AS om (merge_from uuid, merge_to uuid, merge_rank int)
      ON om.merge_from = o.resource_id
    WHERE o.firm AND o.id <> t.id AND o.during && t.during AND coalesce(om.merge_to, o.resource_id) = map.merge_to
      AND coalesce(om.merge_rank, 0) < map.merge_rank)`,
});

const INSERT_MERGE = `
  INSERT INTO merges (id, type, kept_id, merged_ids, kept_before, kept_after, others, merged_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Which of some organizations stand under any of the merged ones. */
const CIRCULAR = `
  WITH RECURSIVE up AS (
    SELECT c AS start, c AS id FROM unnest($1::uuid[]) c
    UNION SELECT up.start, o.parent_id FROM up JOIN organizations o ON o.id = up.id
      WHERE o.parent_id IS NOT NULL AND up.id <> ALL($2::uuid[]))
  SELECT DISTINCT start AS id FROM up WHERE id = ANY($2::uuid[])`;

/** Whoever is not the merged one is not the kept one either. */
const CARRY_DISMISSALS = `
  INSERT INTO duplicate_dismissals (a_id, b_id, reason, dismissed_at, dismissed_by, merge_id)
  SELECT least(other, $2::uuid), greatest(other, $2::uuid), reason, dismissed_at, dismissed_by, $1
  FROM (SELECT *, CASE WHEN a_id = ANY($3::uuid[]) THEN b_id ELSE a_id END AS other FROM duplicate_dismissals) d
  WHERE (a_id = ANY($3::uuid[]) OR b_id = ANY($3::uuid[])) AND other <> $2::uuid AND other <> ALL($3::uuid[])
  ON CONFLICT DO NOTHING`;

/** Memberships are found by their member's name. */
export const FOLLOW_NAMES = `
  UPDATE memberships m SET search_key = r.search_key FROM records r
  WHERE r.id = ANY($1::uuid[]) AND r.id = coalesce(m.organization_id, m.person_id)
    AND (m.organization_id = ANY($1::uuid[]) OR m.person_id = ANY($1::uuid[])) AND m.search_key <> r.search_key`;
