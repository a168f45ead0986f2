import { Inject, Injectable } from '@nestjs/common';
import { readToken, SIGNING_SECRET, type SigningSecret, signToken, verifyToken } from '#access';
import { overBy } from '#calendar';
import { type Config, CONFIG } from '#config';
import { BadMailLink } from './messaging.errors.js';
import type { MailData } from './planned-message.js';

const DAY = 86_400;
/** An answer link works for so long after what it invites to is over, in seconds. */
const ANSWER_GRACE = 30 * DAY;
/** CAN-SPAM asks for 30 days; people keep mails longer. */
const UNSUBSCRIBE_LIFE = 400 * DAY;

/** What an answer link says of itself; whether its version is still the invitation's own is for others to know. */
export interface AnswerLink {
  invitationId: string;
  version: number;
  expired: boolean;
}

/** Id of an invitation and the version of its links. */
const ANSWER_SUBJECT = /^([0-9a-f-]{36})\.(\d{1,9})$/;

/** Links in mails that let somebody without an account do one thing. Each is signed for that purpose alone, and expires. */
@Injectable()
export class MailLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SIGNING_SECRET) private readonly secret: SigningSecret,
  ) {}

  /** Page that takes an invitee's answer; valid until 30 days after `until`, or until a later `version` takes its place. */
  respond(invitationId: string, until: Date, version = 1): string {
    const seconds = Math.max(ANSWER_GRACE, Math.round((until.getTime() - Date.now()) / 1000) + ANSWER_GRACE);
    return `${this.config.publicUrl}/rsvp/${signToken(this.secret, `${invitationId}.${version}`, 'rsvp', seconds)}`;
  }

  /** Page, and one-click target (RFC 8058), that ends mails to the address of this message. */
  unsubscribe(messageId: string): string {
    return `${this.config.publicUrl}/unsubscribe/${signToken(this.secret, messageId, 'unsubscribe', UNSUBSCRIBE_LIFE)}`;
  }

  /** Throws BadMailLink for what is no answer link of ours. */
  answerLink(token: string): AnswerLink {
    const read = readToken(this.secret, token, 'rsvp');
    const [, invitationId, version] = ANSWER_SUBJECT.exec(read?.subject ?? '') ?? [];
    if (!read || !invitationId) throw new BadMailLink();
    return { invitationId, version: Number(version), expired: read.expired };
  }

  /** What tells one link of ours from another, whatever it is for and however old; undefined for all others. */
  holderOf(token: string): string | undefined {
    return (readToken(this.secret, token, 'rsvp') ?? readToken(this.secret, token, 'unsubscribe'))?.subject;
  }

  /** Id of the message an unsubscribe link came with. Throws BadMailLink. */
  messageOf(token: string): string {
    const id = verifyToken(this.secret, token, 'unsubscribe');
    if (!id) throw new BadMailLink();
    return id;
  }
}

/** Until what the mail invites to is over, else until an answer is due, as far as either is known. */
export function answerableUntil({ startsAt, endsAt, timeZone, datePrecision, respondBy }: MailData): Date {
  const [start, end, due] = [startsAt, endsAt, respondBy].map((value) =>
    text(value) ? new Date(text(value) ?? '') : null,
  );
  const over = overBy({
    startsAt: start ?? null,
    endsAt: end ?? null,
    timeZone: text(timeZone),
    datePrecision: text(datePrecision),
  });
  return over ?? due ?? new Date();
}

const text = (value: MailData[string]): string | null => (typeof value === 'string' ? value : null);
