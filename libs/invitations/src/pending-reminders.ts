import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { MessageLedger, STOPPABLE, takenBack } from '#messaging';
import { RecordsReader, type RecordSummary } from '#records';
import { holdRules, ReminderRulesReader, type ReminderSource } from '#reminders';
import { mailOf } from './invitation-round.js';
import { type PendingRule, ruleTimes } from './invitation-times.js';
import { type Invited, nudgeMail } from './round-mails.js';

/** An invitation without an answer, and where its recipient is written to. */
interface PendingInvitation extends Invited {
  aboutId: string;
  respondBy: Date | null;
  /** Null where only the zone of the event is known. */
  timeZone: string | null;
  /** When its own mail goes out; null when it has. */
  sendAt: Date | null;
}

/** Keeps what the rules for pending invitations plan in step with the event, the rules and the answers. Needs a transaction. */
@Injectable()
export class PendingReminders implements ReminderSource {
  readonly subject = 'invitation';

  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
    private readonly rules: ReminderRulesReader,
    private readonly ledger: MessageLedger,
  ) {}

  /** Plans what the rules want for those who have not answered, and takes back what they no longer want. Safe to repeat. */
  async sync(events: RecordSummary[], invitationId: string | null = null): Promise<void> {
    await holdRules(this.database);
    const rules = await this.rules.enabled('invitation');
    const ids = events.map(({ id }) => id);
    const pending = await this.database.query<PendingInvitation>(PENDING, [ids, invitationId]);
    const now = await this.database.now();
    const on = new Map(
      events.filter((event) => !event.calledOff && event.archivedAt === null).map((event) => [event.id, event]),
    );
    const entries = pending.flatMap((invitation) => {
      const about = on.get(invitation.aboutId);
      return about ? mails(about, invitation, rules, now) : [];
    });
    const keep = entries.map((entry) => entry.dedupeKey);
    const awaited = pending.map((each) => each.invitationId);
    const ruleIds = rules.map(({ id }) => id);
    await this.database.query(TAKE_BACK, [ids, invitationId, keep, awaited, ruleIds, [...on.keys()]]);
    await this.ledger.write(entries);
  }

  /** Events ahead that somebody has not answered yet; without a date, those that an answer is due for. */
  async ahead(after: string | null, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(AWAITING, [after, limit]);
    return rows.map(({ id }) => id);
  }

  /** What changed rules want of the invitations to these events. */
  async plan(aboutIds: string[]): Promise<void> {
    await this.sync(await this.records.findAll(aboutIds));
  }
}

function mails(about: RecordSummary, pending: PendingInvitation, rules: PendingRule[], now: Date) {
  const { aboutId: _, respondBy, timeZone, sendAt, ...invited } = pending;
  const after = sendAt && sendAt > now ? sendAt : now;
  const mail = mailOf(about, { respondBy: respondBy ?? undefined });
  return ruleTimes(about, respondBy, rules, timeZone, after).map((time) => nudgeMail(mail, invited, time));
}

/** Addresses change: mail that still waits knows the newest. A zone that is the event's was nobody's own. */
const PENDING = `
  SELECT i.id AS "invitationId", i.about_id AS "aboutId", i.batch_id AS "batchId", i.respond_by AS "respondBy",
    nullif(m.time_zone, m.data->>'timeZone') AS "timeZone",
    (SELECT max(o.send_at) FROM messages o
     WHERE o.invitation_id = i.id AND o.kind = 'invitation' AND o.status IN ('planned', 'queued')) AS "sendAt",
    jsonb_build_object('personId', i.person_id, 'email', m.email, 'name', m.recipient_name, 'locale', m.locale,
      'timeZone', nullif(m.time_zone, m.data->>'timeZone')) AS recipient
  FROM invitations i JOIN LATERAL (
    SELECT o.email, o.recipient_name, o.locale, o.time_zone, o.data FROM messages o
    WHERE o.invitation_id = i.id AND o.email IS NOT NULL
    ORDER BY o.status IN ('planned', 'queued') DESC, o.created_at DESC LIMIT 1
  ) m ON true
  WHERE i.about_id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR i.id = $2) AND i.cancelled_at IS NULL AND i.status = 'needs_action'
  ORDER BY i.id`;

/** $3: what stays; $4: whose answer is still awaited; $5: the rules there are; $6: the events that take place. The mails of others were taken back when they answered. */
const TAKE_BACK = `
  UPDATE messages SET ${takenBack(`CASE WHEN rule_id = ANY($5::uuid[]) AND about_id = ANY($6::uuid[]) THEN 'rescheduled' ELSE 'no_longer_wanted' END`)}
  WHERE about_id = ANY($1::uuid[]) AND reminder_of = 'invitation' AND ($2::uuid IS NULL OR invitation_id = $2)
    AND invitation_id = ANY($4::uuid[]) AND ${STOPPABLE} AND dedupe_key <> ALL($3)`;

const AWAITING = `
  SELECT DISTINCT i.about_id AS id FROM invitations i JOIN records a ON a.id = i.about_id
  WHERE i.status = 'needs_action' AND i.cancelled_at IS NULL AND ($1::uuid IS NULL OR i.about_id > $1)
    AND NOT a.called_off AND a.archived_at IS NULL AND CASE WHEN a.date_precision IS NULL THEN coalesce(a.ends_at, a.starts_at) ELSE i.respond_by END > now()
  ORDER BY i.about_id LIMIT $2`;
