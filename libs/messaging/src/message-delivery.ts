import { Inject, Injectable, Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Database } from '#database';
import { BadAddresses } from './bad-addresses.js';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { MailComposer, type MailSource } from './mail-composer.js';
import { Mailer } from './mailer.js';
import type { MessageReason, MessageStatus } from './message-status.js';
import { retryDelay, type SmtpOutcome, TRY_FOR } from './smtp-outcome.js';

interface BegunMessage extends MailSource {
  claim: number;
  attempts: number;
  firstTriedAt: Date;
}

interface Ending {
  status: MessageStatus;
  reason?: MessageReason;
  error?: string;
  /** Milliseconds until the next attempt, when it is planned again. */
  delay?: number;
}

/** The result is in hand but the database is not: it is tried again after these milliseconds. */
const RECORD_RETRIES = [100, 500, 2_000, 5_000];

/** Hands one claimed message to SMTP, at most once for its claim, whatever the queue does. */
@Injectable()
export class MessageDelivery {
  private readonly logger = new Logger(MessageDelivery.name);

  constructor(
    private readonly database: Database,
    private readonly composer: MailComposer,
    private readonly mailer: Mailer,
    private readonly badAddresses: BadAddresses,
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
  ) {}

  /** Does nothing when the claim is not the current one, or the message may no longer go out. */
  async deliver(id: string, claim: number): Promise<void> {
    const message = await this.begin(id, claim);
    if (message) await this.end(message, await this.attempt(message));
  }

  /** Re-checks everything and commits `sending` before a byte leaves; a message that must not go out ends here. */
  private begin(id: string, claim: number): Promise<BegunMessage | undefined> {
    return this.database.queryOne<BegunMessage>(BEGIN, [id, claim, this.options.sendingLease]);
  }

  private async attempt(message: BegunMessage): Promise<Ending> {
    let mail;
    try {
      mail = await this.composer.mail(message);
    } catch (error) {
      return { status: 'failed', reason: 'render_failed', error: String(error) };
    }
    const outcome = await this.mailer.send(mail);
    if (outcome.kind === 'failed' && outcome.badAddress) await this.reportBadAddress(message, outcome.error);
    return this.ending(message, outcome);
  }

  private ending(message: BegunMessage, outcome: SmtpOutcome): Ending {
    switch (outcome.kind) {
      case 'sent':
        return { status: 'sent' };
      case 'failed':
        return { status: 'failed', reason: 'refused', error: outcome.error };
      case 'unknown':
        return { status: 'unknown', reason: 'connection_lost', error: outcome.error };
      case 'retry': {
        const delay = retryDelay(message.attempts, this.options.retryBase, outcome.unreachable);
        const over = Date.now() + delay - message.firstTriedAt.getTime() > TRY_FOR;
        return over
          ? { status: 'failed', reason: 'gave_up', error: outcome.error }
          : { status: 'planned', error: outcome.error, delay };
      }
    }
  }

  private async reportBadAddress({ id, email }: BegunMessage, error: string): Promise<void> {
    try {
      await this.badAddresses.report({ email, error, messageId: id });
    } catch (fault) {
      // The message's own end matters more; the next one to this address will be refused again.
      this.logger.error(`${email} could not be suppressed: ${String(fault)}`);
    }
  }

  /** Writes down what happened. Should that fail for good, the lease runs out and the message becomes `unknown`. */
  private async end(message: BegunMessage, { status, reason, error, delay = 0 }: Ending): Promise<void> {
    const parameters = [message.id, message.claim, status, reason ?? null, error ?? null, delay];
    for (const wait of RECORD_RETRIES) {
      try {
        await this.database.query(END, parameters);
        return;
      } catch (fault) {
        this.logger.warn(`${message.id} is ${status}, but that could not be written down yet: ${String(fault)}`);
        await pause(wait);
      }
    }
    await this.database.query(END, parameters);
  }
}

const BEGIN = `
  WITH checked AS (
    SELECT m.id, lower(u.email) AS user_email, CASE
      WHEN NOT m.even_if_called_off AND (about.called_off OR about.archived_at IS NOT NULL) THEN 'subject_called_off'
      WHEN person.archived_at IS NOT NULL OR u.archived_at IS NOT NULL THEN 'recipient_archived'
      WHEN m.kind IN ('invitation', 'nudge') AND i.cancelled_at IS NOT NULL THEN 'invitation_cancelled'
      WHEN m.kind = 'nudge' AND i.status <> 'needs_action' THEN 'answered'
      WHEN m.not_after < now() THEN 'too_late'
      WHEN EXISTS (SELECT FROM suppressions s WHERE s.email = coalesce(lower(u.email), m.email)) THEN 'suppressed'
    END AS refusal
    FROM messages m
    LEFT JOIN records about ON about.id = m.about_id
    LEFT JOIN records person ON person.id = m.person_id
    LEFT JOIN users u ON u.id = m.user_id
    LEFT JOIN invitations i ON i.id = m.invitation_id
    WHERE m.id = $1 AND m.claim = $2 AND m.status = 'queued'
    FOR UPDATE OF m
  ), begun AS (
    UPDATE messages m SET
      status = CASE WHEN refusal IS NULL THEN 'sending' WHEN refusal = 'suppressed' THEN 'suppressed' ELSE 'cancelled' END,
      reason = refusal, email = coalesce(user_email, m.email),
      lease_until = CASE WHEN refusal IS NULL THEN now() + $3::int * interval '1 ms' END,
      attempts = m.attempts + CASE WHEN refusal IS NULL THEN 1 ELSE 0 END,
      first_tried_at = CASE WHEN refusal IS NULL THEN coalesce(m.first_tried_at, now()) ELSE m.first_tried_at END,
      version = m.version + 1, updated_at = now()
    FROM checked WHERE m.id = checked.id AND m.claim = $2 AND m.status = 'queued'
    RETURNING m.*
  )
  SELECT id, kind, invitation_id AS "invitationId", email, recipient_name AS "recipientName", locale, time_zone AS "timeZone",
    template_key AS "templateKey", data, claim, attempts, first_tried_at AS "firstTriedAt"
  FROM begun WHERE status = 'sending'`;

/** Taken back while it was being sent: it is not tried again. */
const UNWANTED = `$3 = 'planned' AND status = 'sending' AND reason IS NOT NULL`;

/** Who knows the result may correct \`unknown\`, which only says that nobody had reported in time. */
const END = `
  UPDATE messages SET status = CASE WHEN ${UNWANTED} THEN 'cancelled' ELSE $3 END,
    reason = CASE WHEN ${UNWANTED} THEN reason ELSE $4 END, last_error = $5, lease_until = NULL,
    sent_at = CASE WHEN $3 = 'sent' THEN now() END,
    due_at = CASE WHEN $3 = 'planned' THEN now() + $6::int * interval '1 ms' ELSE due_at END,
    version = version + 1, updated_at = now()
  WHERE id = $1 AND claim = $2 AND status IN ('sending', 'unknown')`;
