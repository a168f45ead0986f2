import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { CLOSED_STAGES } from './deal-stage.js';
import type { LastTouch } from './deal-stall.js';
import { DealTouches } from './deal-touches.js';

/** Stages in which nobody is expected to do anything. */
const RESTING = `'{${[...CLOSED_STAGES, 'on_hold'].join(',')}}'`;

/**
 * After how long a deal is looked at again, so that a touch that is taken back is missed, a rest that ends puts nothing off, and a
 * new setting takes effect.
 */
const AT_LEAST = `least(interval '1 day', $3::interval)`;

/** Current stalls read in one statement. */
const WINDOW = 5_000;

/** A deal, whether it has stalled, and what was made of that. */
export interface DealState extends LastTouch {
  id: string;
  /** The owner, where that is still a user. */
  ownerId: string | null;
  /** The owner's. */
  timeZone: string | null;
  now: Date;
  stalled: boolean;
  /** The last moment at which it may have been touched: which stall it is. */
  touchedAt: Date;
  /** When the time without a touch ran out, or will have. */
  stalledSince: Date;
  lookAt: Date;
  /** The stall that has not ended yet, as far as anybody has looked. */
  current: Stall | null;
  /** An ended one with the same last touch: the touch that ended it was taken back. */
  former: (Stall & { stopped: boolean }) | null;
}

export interface Stall {
  touchedAt: string;
  stalledSince: string;
  taskId: string;
  title: string;
  assigneeId: string | null;
  open: boolean;
  /** Whether the task still has what it was given. */
  titleAsGiven: boolean;
  assigneeAsGiven: boolean;
}

/** Says which deals have stalled: open ones, not on hold, that nobody has touched for DEAL_STALLED_AFTER. */
@Injectable()
export class DealStallsReader {
  constructor(
    private readonly database: Database,
    private readonly touches: DealTouches,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** `at` stands in for the database's clock. */
  states(ids: string[], at?: Date): Promise<DealState[]> {
    const sql = `${this.stateSql('unnest($1::uuid[]) WITH ORDINALITY AS n (id, place)')} ORDER BY n.place`;
    return this.database.query<DealState>(sql, [ids, at ?? null, this.config.dealStalledAfter]);
  }

  /**
   * Of the current stalls, some thousands after this id, the deals of those which have ended, or are not as their tasks say.
   * `last` is where to go on; null at the end.
   */
  async changed(after: string | null, at?: Date): Promise<{ ids: string[]; last: string | null }> {
    const parameters = [after, at ?? null, this.config.dealStalledAfter];
    const rows = await this.database.query<{ id: string; changed: boolean }>(
      `SELECT x.id, NOT x.stalled OR x."touchedAt" <> x.known OR x.moved AS changed
       FROM (${this.stateSql(CURRENT, KNOWN)}) x ORDER BY x.id`,
      parameters,
    );
    const ids = rows.flatMap(({ id, changed }) => (changed ? [id] : []));
    return { ids, last: rows.length === WINDOW ? (rows.at(-1)?.id ?? null) : null };
  }

  private stateSql(deals: string, columns = STATE): string {
    return `
      SELECT d.id, (l.latest + $3::interval <= c.now AND d.archived_at IS NULL AND d.stage <> ALL (${RESTING})) IS TRUE AS stalled,
        l.latest AS "touchedAt", ${columns}
      FROM (SELECT coalesce($2::timestamptz, now()) AS now) c CROSS JOIN ${deals} JOIN deals d ON d.id = n.id
      LEFT JOIN users u ON u.id = d.owner_id AND u.archived_at IS NULL
      LEFT JOIN LATERAL (${this.touches.lastSql('d.id', 'c.now')}) l ON true`;
  }
}

const stallSql = (condition: string): string => `
  (SELECT jsonb_build_object('touchedAt', s.touched_at, 'stalledSince', s.stalled_since, 'taskId', s.task_id, 'title', s.title,
     'assigneeId', s.assignee_id, 'open', t.status = 'open' AND t.archived_at IS NULL, 'titleAsGiven', t.title = s.title,
     'assigneeAsGiven', t.assignee_id IS NOT DISTINCT FROM s.assignee_id,
     'stopped', s.stopped AND t.status = 'cancelled' AND t.archived_at IS NULL)
   FROM deal_stalls s JOIN tasks t ON t.id = s.task_id WHERE s.deal_id = d.id AND ${condition})`;

const STATE = `
  l.at, l.date_precision AS "datePrecision", u.id AS "ownerId", u.time_zone AS "timeZone", c.now,
  l.latest + $3::interval AS "stalledSince", least(c.now + ${AT_LEAST},
    CASE WHEN d.stage <> ALL (${RESTING}) AND l.latest + $3::interval > c.now THEN l.latest + $3::interval END) AS "lookAt",
  ${stallSql('s.ended_at IS NULL')} AS current,
  ${stallSql('s.ended_at IS NOT NULL AND s.touched_at = l.latest')} AS former`;

const CURRENT = `
  (SELECT deal_id AS id, touched_at, assignee_id, task_id FROM deal_stalls
   WHERE ended_at IS NULL AND ($1::uuid IS NULL OR deal_id > $1) ORDER BY deal_id LIMIT ${WINDOW}) n`;

/** An open task that its owner has not given away goes to the new owner. */
const KNOWN = `
  n.touched_at AS known, n.assignee_id IS DISTINCT FROM u.id AND EXISTS (SELECT FROM tasks t WHERE t.id = n.task_id
    AND t.status = 'open' AND t.archived_at IS NULL AND t.assignee_id IS NOT DISTINCT FROM n.assignee_id) AS moved`;
