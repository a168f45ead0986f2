import { Injectable } from '@nestjs/common';
import { Database, Transactional } from '#database';
import { type MessageReason } from '#messaging';
import { RemindersService } from '#reminders';
import { membershipReminders, type RemindedMembership } from './membership.mail.js';

/** A membership and, where it wants no reminders, why. */
type Subject = RemindedMembership & { against: MessageReason | null };

/** Keeps the reminders of memberships in step with them. */
@Injectable()
export class MembershipRemindersService {
  constructor(
    readonly database: Database,
    private readonly reminders: RemindersService,
  ) {}

  /** Plans what these memberships want as they are now, and takes back the rest. Safe to repeat. */
  @Transactional()
  async plan(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const subjects = await this.database.query<Subject>(SUBJECTS, [ids]);
    for (const reason of new Set(subjects.flatMap(({ against }) => against ?? []))) {
      const idle = subjects.filter(({ against }) => against === reason);
      await this.reminders.cancelAll(
        idle.map(({ id }) => id),
        reason,
      );
    }
    await this.reminders.syncAll(subjects.filter(({ against }) => !against).map(membershipReminders));
    await this.database.query(PLANNED, [ids]);
  }

  /** Plans a membership that was changed by hand, and with it the member's others: a later one makes reminders of an earlier one idle. */
  @Transactional()
  async follow(id: string): Promise<void> {
    const others = await this.database.query<{ id: string }>(OTHERS, [id]);
    await this.plan([id, ...others.map((other) => other.id)]);
  }
}

const SUBJECTS = `
  SELECT m.id, m.ends_on::text AS "endsOn", t.grace_days AS "graceDays", t.name AS tier, coalesce(o.name, p.full_name) AS member,
    CASE WHEN m.cancelled_on IS NOT NULL OR coalesce(m.archived_at, o.archived_at, p.archived_at) IS NOT NULL THEN 'subject_called_off'
      WHEN EXISTS (SELECT FROM memberships n WHERE (n.organization_id = m.organization_id OR n.person_id = m.person_id)
        AND n.starts_on > m.ends_on AND n.cancelled_on IS NULL AND n.archived_at IS NULL) THEN 'completed' END AS against,
    CASE WHEN c.email IS NOT NULL THEN jsonb_build_object('personId', c.person_id, 'name', c.full_name, 'email', c.email,
      'locale', c.locale, 'timeZone', c.time_zone) END AS contact
  FROM memberships m JOIN membership_tiers t ON t.id = m.tier_id
  LEFT JOIN organizations o ON o.id = m.organization_id LEFT JOIN people p ON p.id = m.person_id
  LEFT JOIN LATERAL (
    SELECT person_id, full_name, email, locale, time_zone FROM organization_contacts WHERE organization_id = m.organization_id
    UNION ALL SELECT p.id, p.full_name, p.email, p.locale, p.time_zone WHERE p.id IS NOT NULL
  ) c ON true
  WHERE m.id = ANY($1::uuid[]) ORDER BY m.id`;

const PLANNED = `
  UPDATE memberships SET reminders_planned_for = ends_on
  WHERE id = ANY($1::uuid[]) AND reminders_planned_for IS DISTINCT FROM ends_on`;

/** Those with something planned, locked in the order of their ids. */
const OTHERS = `
  SELECT o.id FROM memberships m JOIN memberships o ON (o.organization_id = m.organization_id OR o.person_id = m.person_id)
  WHERE m.id = $1 AND o.id <> m.id AND o.reminders_planned_for IS NOT NULL ORDER BY o.id FOR NO KEY UPDATE OF o`;
