import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { PlannedMessage } from '#messaging';
import { RemindersService } from '#reminders';
import { milestoneReminders, type RemindedMilestone } from './milestone.mail.js';

/** Whose milestones: all of a mission, those of some delegates, or some of them. */
export interface MilestoneScope {
  missionId?: string;
  delegateIds?: string[];
  ids?: string[];
}

/** Keeps the reminders of milestones in step with them, their delegates and missions; needs the transaction of the change. */
@Injectable()
export class MilestoneReminders {
  constructor(
    private readonly database: Database,
    private readonly reminders: RemindersService,
  ) {}

  /** Plans what open milestones want, and takes back what is done, called off, or of somebody who does not come. */
  async follow({ missionId, delegateIds, ids }: MilestoneScope): Promise<PlannedMessage[]> {
    const scope = [missionId ?? null, delegateIds ?? null, ids ?? null];
    const milestones = await this.database.query<RemindedMilestone>(MILESTONES, scope);
    for (const against of new Set(milestones.flatMap((milestone) => milestone.against ?? []))) {
      const off = milestones.filter((milestone) => milestone.against === against).map(({ id }) => id);
      await this.reminders.cancelAll(off, against);
    }
    const open = milestones.filter(({ against }) => against === null);
    return open.length > 0 ? this.reminders.syncAll(open.flatMap(milestoneReminders)) : [];
  }
}

const AGAINST = `CASE
  WHEN m.status = 'cancelled' OR m.archived_at IS NOT NULL OR s.archived_at IS NOT NULL THEN 'subject_called_off'
  WHEN s.done_at IS NOT NULL THEN 'completed'
  WHEN d.archived_at IS NOT NULL OR d.status IN ('declined', 'withdrawn') THEN 'no_longer_wanted' END`;

const DELEGATE = `
  SELECT p.id AS "personId", NULL::uuid AS "userId", p.full_name AS name, p.email, p.locale, p.time_zone AS "timeZone"
  WHERE s.remind IN ('delegate', 'both') AND p.archived_at IS NULL`;

const OWNER = `
  SELECT NULL::uuid, u.id, u.name, u.email, u.locale, u.time_zone FROM users u
  WHERE s.remind IN ('owner', 'both') AND u.id = m.owner_id AND u.archived_at IS NULL`;

const MILESTONES = `
  SELECT s.id, s.kind, s.title, m.name AS mission, p.full_name AS delegate, s.due_at AS "dueAt", m.time_zone AS "timeZone",
    s.remind_before AS "remindBefore", ${AGAINST} AS against,
    (SELECT coalesce(jsonb_agg(to_jsonb(w)), '[]') FROM (${DELEGATE} UNION ALL ${OWNER}) w) AS recipients
  FROM milestones s JOIN delegates d ON d.id = s.delegate_id JOIN people p ON p.id = d.person_id
    JOIN trade_missions m ON m.id = d.mission_id
  WHERE ($1::uuid IS NULL OR m.id = $1) AND ($2::uuid[] IS NULL OR d.id = ANY($2)) AND ($3::uuid[] IS NULL OR s.id = ANY($3))
  ORDER BY s.id`;
