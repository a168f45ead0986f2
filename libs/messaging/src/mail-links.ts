import { Inject, Injectable } from '@nestjs/common';
import { SIGNING_SECRET, type SigningSecret, signToken, verifyToken } from '#access';
import { type Config, CONFIG } from '#config';
import { BadMailLink } from './messaging.errors.js';

const DAY = 86_400;
/** An answer link works for so long after what it invites to is over, in seconds. */
const ANSWER_GRACE = 30 * DAY;
/** CAN-SPAM asks for 30 days; people keep mails longer. */
const UNSUBSCRIBE_LIFE = 400 * DAY;

/** Links in mails that let somebody without an account do one thing. Each is signed for that purpose alone, and expires. */
@Injectable()
export class MailLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SIGNING_SECRET) private readonly secret: SigningSecret,
  ) {}

  /** Page that takes an invitee's answer; valid until 30 days after `until`. */
  respond(invitationId: string, until: Date): string {
    const seconds = Math.max(ANSWER_GRACE, Math.round((until.getTime() - Date.now()) / 1000) + ANSWER_GRACE);
    return `${this.config.publicUrl}/rsvp/${signToken(this.secret, invitationId, 'rsvp', seconds)}`;
  }

  /** Page, and one-click target (RFC 8058), that ends mails to the address of this message. */
  unsubscribe(messageId: string): string {
    return `${this.config.publicUrl}/unsubscribe/${signToken(this.secret, messageId, 'unsubscribe', UNSUBSCRIBE_LIFE)}`;
  }

  /** Id of the invitation an answer link is for. Throws BadMailLink. */
  invitationOf(token: string): string {
    return this.subjectOf(token, 'rsvp');
  }

  /** Id of the message an unsubscribe link came with. Throws BadMailLink. */
  messageOf(token: string): string {
    return this.subjectOf(token, 'unsubscribe');
  }

  private subjectOf(token: string, purpose: string): string {
    const id = verifyToken(this.secret, token, purpose);
    if (!id) throw new BadMailLink();
    return id;
  }
}
