import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { Invalid, NotFound } from '#faults';
import type { MergeType } from './merges.errors.js';

/** Remembers which records look like one and are not. */
@Injectable()
export class DuplicatesService {
  constructor(
    readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** The two are not the same; neither is listed as a duplicate of the other any more. Safe to repeat. Throws NotFound, Invalid. */
  @Transactional()
  async dismiss(type: MergeType, id: string, otherId: string, reason: string | null): Promise<void> {
    if (id === otherId) throw Invalid.field('', 'same_record', 'A record is always the same as itself.');
    await this.demandLive(type, id, otherId);
    const pair = [id, otherId].sort();
    const written = await this.database.query(
      `INSERT INTO duplicate_dismissals (a_id, b_id, reason, dismissed_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING a_id`,
      [...pair, reason, currentActor().id],
    );
    if (written.length > 0) await this.record('duplicate_dismissed', type, id, { otherId, reason });
  }

  /** They may be the same after all. Safe to repeat. Throws NotFound. */
  @Transactional()
  async suspect(type: MergeType, id: string, otherId: string): Promise<void> {
    await this.demandLive(type, id, otherId);
    const gone = await this.database.query(
      `WITH gone AS (DELETE FROM duplicate_dismissals WHERE a_id = $1 AND b_id = $2 RETURNING a_id) SELECT a_id FROM gone`,
      [id, otherId].sort(),
    );
    if (gone.length > 0) await this.record('duplicate_suspected', type, id, { otherId });
  }

  private async demandLive(type: MergeType, ...ids: string[]): Promise<void> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM records WHERE id = ANY($1::uuid[]) AND type = $2 AND archived_at IS NULL',
      [ids, type],
    );
    const missing = ids.find((id) => !rows.some((row) => row.id === id));
    if (missing) throw new NotFound(type, missing);
  }

  private record(action: string, subjectType: MergeType, aboutId: string, after: Record<string, unknown>) {
    return this.trail.record({ action, subjectType, aboutId, after });
  }
}
