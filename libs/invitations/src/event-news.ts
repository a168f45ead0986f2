import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { MessageLedger, takenBack } from '#messaging';
import { RecordsReader, type RecordSummary } from '#records';
import { EventGuests } from './event-guests.js';
import { isConcerned, NEWS, newsMail, type OutdatedRecipient } from './event-news.mail.js';

/** Tells everybody who knows of an event that it has moved, was called off, or takes place after all. */
@Injectable()
export class EventNews {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
    private readonly ledger: MessageLedger,
    private readonly guests: EventGuests,
  ) {}

  /**
   * Makes the news of some events fit what they are now and what each recipient was told: one mail each, a while after
   * the last change, in place of one that waits; none when all is as they know it. Needs the transaction of the change.
   */
  async tell(aboutIds: string[]): Promise<void> {
    if (aboutIds.length === 0) return;
    await this.database.query(HOLD, [aboutIds]);
    const outdated = await this.database.query<OutdatedRecipient>(outdatedSql(this.guests.tasksSql), [aboutIds, NEWS]);
    const told = await this.concerned(outdated);
    const keys = told.map(({ recipient }) => recipient.dedupeKey);
    const replaced = told.map(({ recipient }) => `${recipient.aboutId} ${recipient.who}`);
    await this.database.query(TAKE_BACK, [aboutIds, NEWS, keys, replaced]);
    const now = await this.database.now();
    await this.ledger.write(told.map(({ about, recipient }) => newsMail(about, recipient, now)));
  }

  private async concerned(outdated: OutdatedRecipient[]): Promise<Concerned[]> {
    if (outdated.length === 0) return [];
    const events = await this.records.findAll([...new Set(outdated.map(({ aboutId }) => aboutId))]);
    const guest = await this.guests.ofAll(events);
    const byId = new Map(events.map((event) => [event.id, event]));
    return outdated.flatMap((recipient) => {
      const about = byId.get(recipient.aboutId);
      if (!about) return [];
      const known = recipient.personId ? guest(about.id, recipient.personId) : { takesPart: true, waits: false };
      if (!isConcerned(recipient, known?.takesPart, this.guests.isKept(about.type))) return [];
      return [{ about, recipient: { ...recipient, waits: known?.waits ?? false } }];
    });
  }
}

/** Somebody to be told, and the event as it is now. */
interface Concerned {
  about: RecordSummary;
  recipient: OutdatedRecipient;
}

/** Nothing about these events begins to go out until the commit: what a mail tells stays what is seen here. */
const HOLD = `
  SELECT FROM messages WHERE about_id = ANY($1::uuid[]) AND status IN ('planned', 'queued', 'sending') ORDER BY id FOR UPDATE`;

const WHO = `coalesce(m.person_id::text, m.user_id::text, m.email)`;

/** A mail that is being sent, or of which nobody knows whether it went out, may have been read. */
const HEARD = `m.status IN ('sending', 'sent', 'unknown')`;

/** They were going to be reminded of a time that the event has no more. */
const MISSED = `m.status = 'cancelled' AND m.reason = 'rescheduled' AND m.kind = 'reminder' AND m.occurs_at IS DISTINCT FROM r.starts_at`;

/** A date known to the month says the month: another day in it is the same date. */
const another = (fact: string, column: string): string => `(
          (t.known->>'${fact}')::timestamptz IS DISTINCT FROM r.${column}
          AND (t.known->>'datePrecision' IN ('day', 'month', 'year')
            AND date_trunc(t.known->>'datePrecision', (t.known->>'${fact}')::timestamptz, r.time_zone)
              = date_trunc(t.known->>'datePrecision', r.${column}, r.time_zone)) IS NOT TRUE)`;

/**
 * Per event and recipient: what the mails told, each fact as the latest of them has it, against what is so now. Whoever
 * was told nothing yet and has nothing to come, because each reminder would have gone out before the new time was known,
 * counts as told of the time those reminders were for. Whoever was only told what to do for an event, which `tasks`
 * answers as pairs, hears when it is called off.
 */
const outdatedSql = (tasks: string): string => `
  WITH mails AS (
    SELECT m.id, m.about_id, ${WHO} AS who, ${HEARD} AS heard,
      bool_or(${HEARD}) OVER same AS anything_heard,
      bool_or(m.status IN ('planned', 'queued') AND m.template_key <> ALL($2::text[])) OVER same AS waits,
      m.status IN ('planned', 'queued') AS planned,
      coalesce(m.told, m.data || jsonb_build_object('calendar', m.calendar)) AS facts,
      coalesce(m.sent_at, m.lease_until, m.first_tried_at, m.created_at) AS at
    FROM messages m JOIN records r ON r.id = m.about_id
    WHERE m.about_id = ANY($1::uuid[]) AND m.kind IN ('invitation', 'nudge', 'reminder', 'notice') AND m.data ? 'startsAt'
      AND m.email IS NOT NULL AND (m.status IN ('planned', 'queued') OR ${HEARD} OR ${MISSED})
      AND (r.date_precision <> 'window' OR coalesce(r.ends_at, r.starts_at) IS NULL OR coalesce(r.ends_at, r.starts_at) > now())
    WINDOW same AS (PARTITION BY m.about_id, ${WHO})
  ), told AS (
    SELECT about_id, who, anything_heard, (array_agg(m.id ORDER BY m.at DESC, m.id DESC))[1] AS last_id,
      jsonb_object_agg(fact.key, fact.value ORDER BY m.at, m.id) AS known,
      (array_agg(m.facts ? 'calledOff' ORDER BY m.at DESC, m.id DESC))[1] AS knows_off
    FROM mails m CROSS JOIN LATERAL jsonb_each(m.facts) fact
    WHERE (heard OR NOT (anything_heard OR waits OR planned))
      AND (fact.key IN ('startsAt', 'endsAt', 'datePrecision', 'timeZone', 'place')
        OR (fact.key = 'calendar' AND fact.value <> 'null'))
    GROUP BY about_id, who, anything_heard
    UNION ALL
    SELECT t.event, ${WHO}, true, (array_agg(m.id ORDER BY m.id DESC))[1], '{}', false
    FROM (${tasks}) t JOIN messages m ON m.about_id = t.task JOIN records r ON r.id = t.event
    WHERE t.event = ANY($1::uuid[]) AND m.person_id IS NOT NULL AND m.email IS NOT NULL AND ${HEARD}
      AND (coalesce(r.ends_at, r.starts_at) > now()) IS NOT FALSE
      AND NOT EXISTS (SELECT FROM mails o WHERE o.about_id = t.event AND o.who = ${WHO} AND o.heard)
    GROUP BY t.event, ${WHO}
  ), news AS (
    SELECT t.*, r.sequence, r.time_zone AS event_zone, CASE
      WHEN r.called_off OR r.archived_at IS NOT NULL
        THEN CASE WHEN t.anything_heard AND NOT t.knows_off THEN 'event_called_off' END
      WHEN t.knows_off
        OR (t.known ? 'startsAt' AND ${another('startsAt', 'starts_at')})
        OR (t.known ? 'endsAt' AND ${another('endsAt', 'ends_at')})
        OR (t.known ? 'datePrecision' AND t.known->>'datePrecision' IS DISTINCT FROM r.date_precision)
        OR (t.known ? 'timeZone' AND t.known->>'timeZone' IS DISTINCT FROM r.time_zone)
        OR (t.known ? 'place' AND t.known->>'place' IS DISTINCT FROM r.place) THEN 'event_moved' END AS news
    FROM told t JOIN records r ON r.id = t.about_id
  ), keyed AS (
    SELECT *, concat_ws(':', news, about_id, sequence, who) AS key FROM news WHERE news IS NOT NULL
  )
  SELECT k.about_id AS "aboutId", k.who, k.news, k.key AS "dedupeKey", k.knows_off AS "backOn", l.person_id AS "personId",
    l.user_id AS "userId", p.subtitle AS "currentEmail", l.email, l.recipient_name AS name, l.locale,
    nullif(nullif(l.time_zone, k.event_zone), k.known->>'timeZone') AS "timeZone", k.known AS told,
    i.id AS "invitationId", i.status AS invitation, i.cancelled_at IS NOT NULL AS withdrawn, waiting.send_at AS "sendAt"
  FROM keyed k
  JOIN messages l ON l.id = k.last_id
  LEFT JOIN records p ON p.id = l.person_id AND p.type = 'person'
  LEFT JOIN invitations i ON i.about_id = k.about_id AND i.person_id = l.person_id
  LEFT JOIN messages waiting ON waiting.dedupe_key = k.key AND waiting.status IN ('planned', 'queued')
  ORDER BY k.about_id, k.key`;

/**
 * News that waits goes when it is no longer so. One that is being sent is what its recipient knows by now; it is only not
 * tried again when there is newer for them.
 */
const TAKE_BACK = `
  UPDATE messages m SET ${takenBack(`'rescheduled'`)}
  WHERE about_id = ANY($1::uuid[]) AND kind = 'notice' AND template_key = ANY($2::text[])
    AND dedupe_key NOT IN (SELECT unnest($3::text[]))
    AND (status IN ('planned', 'queued')
      OR (status = 'sending' AND concat_ws(' ', about_id, ${WHO}) IN (SELECT unnest($4::text[]))))`;
