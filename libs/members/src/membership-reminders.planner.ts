import { Injectable } from '@nestjs/common';
import { Database, Transactional } from '#database';
import { RemindersService } from '#reminders';
import { MembershipRemindersService } from './membership-reminders.service.js';

/** Memberships planned in one transaction. */
const BATCH = 300;
/** Days before its first reminder from which on a membership is planned. */
const HORIZON = 90;
/** Days after the end of grace for which a membership nobody planned still is, so that the ledger tells what was missed. */
const RECENT = 30;

/** Days for which nobody may have looked, and a title that began or ended is still noticed. */
const LOOK_BACK = 8;

/** Plans what imports wrote, and again whatever rests on something that has changed since. Any number of workers may. */
@Injectable()
export class MembershipRemindersPlanner {
  /** The day for which titles that began or ended were looked for. */
  private turned?: string;

  constructor(
    readonly database: Database,
    private readonly reminders: RemindersService,
    private readonly memberships: MembershipRemindersService,
  ) {}

  /** Batch after batch until nothing is open, or `stopped` says so. Answers how many memberships were planned. */
  async run(stopped: () => boolean = () => false, now = new Date()): Promise<number> {
    await this.turnDay(now.toISOString().slice(0, 10));
    const until = HORIZON + (await this.reminders.longestLead('membership'));
    let planned = 0;
    for (let last = BATCH; last === BATCH && !stopped(); planned += last) {
      await this.database.query(ENLIST, [BATCH, until]);
      last = await this.planOutdated();
    }
    return planned;
  }

  /** A title may begin or end by its date, without anybody writing anything: once a day that is looked for. */
  private async turnDay(today: string): Promise<void> {
    if (today === this.turned) return;
    await this.database.query(TURN_DAY, [today]);
    this.turned = today;
  }

  @Transactional()
  async planOutdated(): Promise<number> {
    const rows = await this.database.query<{ id: string }>(OUTDATED, [BATCH]);
    await this.memberships.plan(rows.map(({ id }) => id));
    return rows.length;
  }
}

const TODAY = `(now() AT TIME ZONE 'UTC')::date`;

/**
 * Marks what is near as out of date before it is planned: from then on whoever changes a contact meets the mark, and
 * its lock, and cannot slip by a plan under way.
 */
const ENLIST = `
  UPDATE memberships SET reminders_planned_for = '-infinity' WHERE id IN (
    SELECT m.id FROM membership_tiers t JOIN memberships m ON m.tier_id = t.id
      AND m.ends_on BETWEEN ${TODAY} - t.grace_days - ${RECENT} AND ${TODAY} + $2::int
    WHERE m.reminders_planned_for IS NULL AND m.cancelled_on IS NULL AND m.archived_at IS NULL
    LIMIT $1 FOR NO KEY UPDATE OF m SKIP LOCKED)`;

const TURN_DAY = `
  UPDATE memberships SET reminders_planned_for = '-infinity'
  WHERE reminders_planned_for > '-infinity' AND organization_id IN (
    SELECT organization_id FROM positions
    WHERE started_on BETWEEN $1::date - ${LOOK_BACK} AND $1::date OR ended_on BETWEEN $1::date - ${LOOK_BACK} AND $1::date - 1)`;

const OUTDATED = `
  SELECT id FROM memberships WHERE reminders_planned_for <> ends_on ORDER BY id LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`;
