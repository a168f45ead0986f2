import { Inject, Injectable, Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { BadAddresses, MailComposer, type MailSource, type MessageReason, type MessageStatus } from '#messaging';
import { restSpan, retryDelay } from './backoff.js';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { DOMAIN, RELAY } from './mail-line.js';
import { Mailer } from './mailer.js';
import { type Ended, END } from './message-ending.js';
import type { ClaimedMessage } from './message-sweep.js';
import type { Retry, SmtpOutcome } from './smtp-outcome.js';

interface BegunMessage extends MailSource {
  claim: number;
  attempts: number;
}

interface Ending {
  status: MessageStatus;
  reason?: MessageReason;
  error?: string;
  /** Milliseconds until the next attempt, when it is planned again. */
  delay?: number;
  /** Who is left alone for a while, and who has shown to be well; the mail server is well when the domain is. */
  rests?: Retry['rests'];
  well?: 'domain' | 'relay';
  /** Only another configuration helps. */
  setup?: boolean;
}

/** The result is in hand but the database is not: it is tried again after these milliseconds. */
const RECORD_RETRIES = [100, 500, 2_000, 5_000];

/** One job goes on with messages to the same domain, up to so many or for so many milliseconds; others want their turn. */
const IN_A_ROW = 25;
const ROW_SPAN = 500;

/** Hands claimed messages to SMTP, each at most once for its claim, whatever the queue does. */
@Injectable()
export class MessageDelivery {
  private readonly logger = new Logger(MessageDelivery.name);

  constructor(
    private readonly database: Database,
    private readonly composer: MailComposer,
    private readonly mailer: Mailer,
    private readonly badAddresses: BadAddresses,
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Does nothing when the claim is not the current one, or the message may no longer go out. Goes on with more to the same
   * domain while that takes mail well: a message that takes the place of another needs no sweep and no job.
   */
  async deliver(id: string, claim: number): Promise<void> {
    const began = performance.now();
    let next: ClaimedMessage | undefined = { id, claim };
    for (let turn = 1; next; turn++)
      next = await this.one(next, () => turn < IN_A_ROW && performance.now() - began < ROW_SPAN);
  }

  /** Answers what to go on with. */
  private async one({ id, claim }: ClaimedMessage, goesOn: () => boolean): Promise<ClaimedMessage | undefined> {
    // The lease starts later than this, never earlier. No clock but PostgreSQL's tells the time of day.
    const since = performance.now();
    const message = await this.begin(id, claim);
    if (!message) return undefined;
    const ending = await this.attempt(message, since);
    return this.end(message, ending, ending.status === 'sent' && this.isUnlimited(message.email) && goesOn());
  }

  /** A domain whose rate is limited is left to the sweep, which counts. */
  private isUnlimited(email: string): boolean {
    const rates = this.config.mailDomainRates;
    return rates['*'] === undefined && rates[email.slice(email.lastIndexOf('@') + 1)] === undefined;
  }

  /** Re-checks everything and commits `sending` before a byte leaves; a message that must not go out ends here. */
  private async begin(id: string, claim: number): Promise<BegunMessage | undefined> {
    return (await this.database.prepared<BegunMessage>(BEGIN, [id, claim, this.options.sendingLease]))[0];
  }

  private async attempt(message: BegunMessage, since: number): Promise<Ending> {
    let mail;
    try {
      mail = await this.composer.mail(message);
    } catch (error) {
      return { status: 'failed', reason: 'render_failed', error: String(error) };
    }
    const outcome = await this.mailer.send(mail, since);
    if (outcome.kind === 'failed' && outcome.badAddress) await this.reportBadAddress(message, outcome.error);
    return this.ending(message, outcome);
  }

  private ending({ attempts }: BegunMessage, outcome: SmtpOutcome): Ending {
    switch (outcome.kind) {
      case 'sent':
        return { status: 'sent', well: 'domain' };
      case 'failed':
        return { status: 'failed', reason: 'refused', error: outcome.error, well: 'domain' };
      case 'unknown':
        return { status: 'unknown', reason: 'connection_lost', error: outcome.error };
      case 'retry': {
        const { error, rests, setup } = outcome;
        const delay = retryDelay(attempts, this.options.retryBase, rests);
        return { status: 'planned', error, delay, rests, setup, ...(rests === 'domain' && { well: 'relay' }) };
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

  /**
   * Writes down what happened, and claims what comes next when asked to. Should that fail for good, the lease runs out and
   * the message becomes `unknown`.
   */
  private async end(message: BegunMessage, ending: Ending, goesOn: boolean): Promise<ClaimedMessage | undefined> {
    const ended = await this.record(message, ending, goesOn);
    if (ended?.strikes) this.tellOfRest(message.email, ending, ended.strikes);
    return ended?.id && ended.claim !== null ? { id: ended.id, claim: ended.claim } : undefined;
  }

  private async record(message: BegunMessage, ending: Ending, goesOn: boolean): Promise<Ended | undefined> {
    const parameters = this.parameters(message, ending, goesOn);
    for (const wait of RECORD_RETRIES) {
      try {
        return (await this.database.prepared<Ended>(END, parameters))[0];
      } catch (fault) {
        this.logger.warn(`${message.id} is ${ending.status}, but that could not be written down yet: ${String(fault)}`);
        await pause(wait);
      }
    }
    return (await this.database.prepared<Ended>(END, parameters))[0];
  }

  private parameters({ id, claim }: BegunMessage, ending: Ending, goesOn: boolean): unknown[] {
    const { status, reason, error, delay = 0, rests = 'nobody', well } = ending;
    const span = rests === 'nobody' ? { first: 0, longest: 0 } : restSpan(rests, this.options.retryBase);
    const rest = [rests, span.first, span.longest, well ?? null];
    return [id, claim, status, reason ?? null, error ?? null, delay, ...rest, goesOn, this.options.queuedLease];
  }

  /** Once for each rest, however many mails have met with the same. */
  private tellOfRest(email: string, { rests, error, setup }: Ending, strikes: number): void {
    const who = rests === 'relay' ? 'The mail server' : email.slice(email.lastIndexOf('@') + 1);
    const again = strikes > 1 ? ` (the ${strikes}. time in a row)` : '';
    const cure = setup ? ' Only another configuration helps.' : '';
    const line = `${who} takes no mail now and is left alone for a while${again}.${cure} It said: ${error}`;
    if (rests === 'relay' || setup) this.logger.error(line);
    else this.logger.warn(line);
  }
}

const BEGIN = `
  WITH checked AS (
    SELECT m.id, lower(u.email) AS user_email, CASE
      WHEN NOT m.even_if_called_off AND (about.called_off OR about.archived_at IS NOT NULL) THEN 'subject_called_off'
      WHEN person.archived_at IS NOT NULL OR u.archived_at IS NOT NULL THEN 'recipient_archived'
      WHEN m.kind IN ('invitation', 'nudge') AND i.cancelled_at IS NOT NULL THEN 'invitation_cancelled'
      WHEN m.kind IN ('invitation', 'nudge') AND i.status <> 'needs_action' THEN 'answered'
      WHEN m.not_after < now() THEN 'too_late'
      WHEN EXISTS (SELECT FROM suppressions s WHERE s.email = coalesce(lower(u.email), m.email)) THEN 'suppressed'
    END AS refusal, EXISTS (SELECT FROM mail_rests r WHERE r.domain IN ('${RELAY}', ${DOMAIN}) AND r.until > now()) AS resting
    FROM messages m
    LEFT JOIN records about ON about.id = m.about_id
    LEFT JOIN records person ON person.id = m.person_id
    LEFT JOIN users u ON u.id = m.user_id
    LEFT JOIN invitations i ON i.id = m.invitation_id
    WHERE m.id = $1 AND m.claim = $2 AND m.status = 'queued'
    FOR UPDATE OF m
  ), begun AS (
    UPDATE messages m SET
      told = NULL, status = CASE WHEN goes THEN 'sending' WHEN refusal IS NULL THEN 'planned' WHEN refusal = 'suppressed' THEN 'suppressed' ELSE 'cancelled' END,
      reason = refusal, email = coalesce(user_email, m.email),
      lease_until = CASE WHEN goes THEN now() + $3::int * interval '1 ms' END,
      attempts = m.attempts + CASE WHEN goes THEN 1 ELSE 0 END,
      first_tried_at = CASE WHEN goes THEN coalesce(m.first_tried_at, now()) ELSE m.first_tried_at END,
      version = m.version + 1, updated_at = now()
    FROM (SELECT *, refusal IS NULL AND NOT resting AS goes FROM checked) checked WHERE m.id = checked.id AND m.claim = $2 AND m.status = 'queued'
    RETURNING m.*
  )
  SELECT id, kind, about_id AS "aboutId", calendar, invitation_id AS "invitationId",
    (SELECT i.link_version FROM invitations i WHERE i.id = invitation_id) AS "linkVersion", email, recipient_name AS "recipientName", locale, time_zone AS "timeZone",
    template_key AS "templateKey", data, claim, attempts
  FROM begun WHERE status = 'sending'`;
