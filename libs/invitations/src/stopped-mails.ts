import type { Database } from '#database';
import { isTimeZone } from '#calendar';
import type { MessageReason } from '#messaging';
import { outsideQuietHours } from '#reminders';

/** A mail of an invitation that stands, which was taken back for something that is so no longer. */
interface StoppedMail {
  id: string;
  /** Null where only the zone of the event is known. */
  timeZone: string | null;
  sendAt: Date;
  notAfter: Date | null;
}

/**
 * Plans mails of invitations without an answer again that were taken back for a reason which is none any more: those of
 * one invitation, or of all to some events. What was due meanwhile goes now, at night in the morning; a moment at which
 * somebody would have been asked again has passed for good. Those of rules are planned by these. Needs a transaction.
 */
export async function planAgain(
  database: Database,
  aboutIds: string[],
  reason: MessageReason,
  invitationId?: string,
): Promise<void> {
  const stopped = await database.query<StoppedMail>(STOPPED, [aboutIds, reason, invitationId ?? null]);
  if (stopped.length === 0) return;
  const now = await database.now();
  const rows = stopped.map((mail) => ({ id: mail.id, send_at: timeOf(mail, now) }));
  await database.query(PLAN_AGAIN, [JSON.stringify(rows)]);
}

function timeOf({ sendAt, timeZone, notAfter }: StoppedMail, now: Date): Date {
  if (sendAt > now) return sendAt;
  return timeZone && isTimeZone(timeZone)
    ? outsideQuietHours(now, timeZone, { now, notAfter: notAfter ?? undefined })
    : now;
}

const STOPPED = `
  SELECT m.id, nullif(m.time_zone, m.data->>'timeZone') AS "timeZone", m.send_at AS "sendAt", m.not_after AS "notAfter"
  FROM messages m JOIN invitations i ON i.id = m.invitation_id AND i.batch_id = m.batch_id JOIN records a ON a.id = i.about_id
  WHERE m.about_id = ANY($1::uuid[]) AND m.reason = $2 AND ($3::uuid IS NULL OR i.id = $3) AND m.status IN ('cancelled', 'sending')
    AND m.kind IN ('invitation', 'nudge') AND m.rule_id IS NULL AND (m.kind = 'invitation' OR m.send_at > now())
    AND i.cancelled_at IS NULL AND i.status = 'needs_action' AND NOT a.called_off AND a.archived_at IS NULL
    AND (m.not_after > now()) IS NOT FALSE
  ORDER BY m.id FOR UPDATE OF m`;

/** One that is being sent loses the mark of having been taken back. */
const PLAN_AGAIN = `
  UPDATE messages m SET status = CASE WHEN m.status = 'sending' THEN m.status ELSE 'planned' END, reason = NULL,
    send_at = CASE WHEN m.status = 'sending' THEN m.send_at ELSE r.send_at END,
    due_at = CASE WHEN m.status = 'sending' THEN m.due_at ELSE r.send_at END, version = m.version + 1, updated_at = now()
  FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, send_at timestamptz) WHERE m.id = r.id`;
