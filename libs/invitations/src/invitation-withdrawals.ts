import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type LedgerEntry, type MailCalendar, MessageLedger, type Recipient, STOPPABLE, takenBack } from '#messaging';
import { RecordsReader, type RecordSummary, type RecordType } from '#records';
import { EventGuests } from './event-guests.js';
import { InvitationAnswers } from './invitation-answers.js';
import { inTurn } from './invitation-mails.js';
import type { Invitation } from './invitation.entity.js';
import { factsOf, usefulUntil } from './invitation-round.js';

/** Tells invitees that they are no longer invited. */
@Injectable()
export class InvitationWithdrawals {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
    private readonly ledger: MessageLedger,
    private readonly guests: EventGuests,
    private readonly answers: InvitationAnswers,
  ) {}

  /**
   * Gives back what came of an answer alone, before the invitation itself is touched: features lock their records first.
   * Answers whether the invitee is told of it by that.
   */
  async giveBack(id: string): Promise<boolean> {
    await inTurn(this.database, id);
    const standing = await this.database.queryOne<Standing>(STANDING, [id]);
    return standing ? this.answers.tellWithdrawn(standing.type, standing) : false;
  }

  /**
   * One mail, which takes the entry out of their calendar, to whoever may have read the invitation; none to those who
   * declined, or when there is nothing to come to. Needs the transaction that withdraws it.
   */
  async tell({ id, aboutId, personId, batchId, status }: Invitation): Promise<void> {
    const about = await this.records.find(aboutId);
    if (!about || status === 'declined' || isGone(about)) return;
    const told = await this.database.queryOne<Told>(TOLD, [id]);
    if (!told) return;
    const guest = await this.guests.of(about.type, aboutId);
    const calendar = guest(personId)?.takesPart ? undefined : withdrawal(about, told.calendar);
    await this.ledger.write([
      { ...mail(about, told.recipient), invitationId: id, batchId, calendar, dedupeKey: keyOf(id, batchId) },
    ]);
  }

  /**
   * The same to somebody who takes part no longer without having been invited, if they may have read that they do. Needs
   * the transaction that takes them out.
   */
  async tellUninvited(aboutId: string, personId: string): Promise<void> {
    const about = await this.records.find(aboutId);
    if (!about || isGone(about)) return;
    const heard = await this.database.queryOne<Heard>(LAST_HEARD, [aboutId, personId]);
    if (!heard?.lastId || heard.knows) return;
    const calendar = withdrawal(about, heard.calendar);
    await this.ledger.write([{ ...mail(about, heard.recipient), calendar, dedupeKey: keyOf(aboutId, heard.lastId) }]);
  }

  /** Whoever is invited anew need not hear any more that they were not. Needs the transaction that invites them. */
  async takeBack(invitationIds: string[]): Promise<void> {
    await this.database.query(TAKE_BACK, [invitationIds]);
  }
}

interface Standing {
  type: RecordType;
  aboutId: string;
  personId: string;
}

const STANDING = `
  SELECT a.type, i.about_id AS "aboutId", i.person_id AS "personId" FROM invitations i JOIN records a ON a.id = i.about_id
  WHERE i.id = $1 AND i.cancelled_at IS NULL`;

interface Told {
  recipient: Recipient;
  calendar: MailCalendar | null;
}

const keyOf = (id: string, batchId: string): string => `invitation_withdrawn:${id}:${batchId}`;

function isGone(about: RecordSummary): boolean {
  const end = usefulUntil(about);
  return about.calledOff || about.archivedAt !== null || (end !== undefined && end.getTime() < Date.now());
}

/** Whoever is registered besides keeps the entry. */
const withdrawal = (about: RecordSummary, calendar: MailCalendar | null): MailCalendar | undefined =>
  calendar?.method === 'REQUEST' ? { ...calendar, method: 'CANCEL', sequence: about.sequence } : undefined;

const mail = (about: RecordSummary, recipient: Recipient): Omit<LedgerEntry, 'dedupeKey'> => ({
  kind: 'notice',
  aboutId: about.id,
  recipient,
  templateKey: 'invitation_withdrawn',
  data: { ...factsOf(about), withdrawn: 'true' },
  notAfter: usefulUntil(about),
  timeZone: about.timeZone ?? undefined,
  // Should the event be called off before it is sent: nobody else tells those who are no longer invited.
  evenIfCalledOff: true,
});

const TAKE_BACK = `
  UPDATE messages SET ${takenBack(`'no_longer_wanted'`)}
  WHERE invitation_id = ANY($1::uuid[]) AND template_key = 'invitation_withdrawn' AND ${STOPPABLE}`;

/** What somebody was mailed about an event last; without a `lastId`, nothing. */
interface Heard extends Told {
  lastId: string | null;
  /** That they are out of it. */
  knows: boolean;
}

const RECIPIENT = `jsonb_build_object('personId', m.person_id, 'userId', m.user_id, 'email', m.email,
    'name', m.recipient_name, 'locale', m.locale, 'timeZone', m.time_zone)`;

const TOLD = `
  SELECT m.calendar, ${RECIPIENT} AS recipient
  FROM messages m WHERE m.invitation_id = $1 AND m.status IN ('sending', 'sent', 'unknown')
  ORDER BY m.calendar IS NULL, m.created_at DESC LIMIT 1`;

/** In the order in which they were sent, which is not that in which they were planned. */
const NEWEST = 'ORDER BY coalesce(m.sent_at, m.lease_until, m.first_tried_at, m.created_at) DESC, m.id DESC';

const LAST_HEARD = `
  SELECT (array_agg(m.id ${NEWEST}))[1] AS "lastId", (array_agg(m.data ? 'withdrawn' ${NEWEST}))[1] AS knows,
    (array_agg(m.calendar ${NEWEST}) FILTER (WHERE m.calendar IS NOT NULL))[1] AS calendar,
    (array_agg(${RECIPIENT} ${NEWEST}))[1] AS recipient
  FROM messages m
  WHERE m.about_id = $1 AND m.person_id = $2 AND m.status IN ('sending', 'sent', 'unknown') AND m.email IS NOT NULL
    AND m.kind IN ('invitation', 'nudge', 'reminder', 'notice') AND m.data ? 'startsAt'`;
