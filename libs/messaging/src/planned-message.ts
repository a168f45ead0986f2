import type { MailCalendar } from './mail-calendar.js';
import type { MessageKind, MessageReason, MessageStatus } from './message-status.js';

/** Fields for a template; instants are ISO 8601 in UTC. A list is for `{{#lines}}{{.}}{{/lines}}`. */
export type MailData = Record<string, string | string[] | null | undefined>;

/** Somebody a message goes to. */
export interface Recipient {
  /** A person of the directory, or … */
  personId?: string | null;
  /** … a user of this system. */
  userId?: string | null;
  email: string;
  name: string;
  /** BCP 47; `en` when absent. */
  locale?: string | null;
  /** IANA zone; the subject's when absent. */
  timeZone?: string | null;
}

/** One message to be planned. */
export interface MessageInput {
  kind: MessageKind;
  /** The same key is never planned twice: rule, occurrence, recipient. */
  dedupeKey: string;
  recipient: Recipient;
  aboutId?: string;
  invitationId?: string;
  batchId?: string;
  templateKey: string;
  data: MailData;
  /** With an entry for the recipient's calendar. */
  calendar?: MailCalendar;
  /** Now when absent. */
  sendAt?: Date;
  /** Useful until; afterwards it is cancelled as `too_late`. */
  notAfter?: Date;
  /** Zone for a recipient without one; UTC when absent. */
  timeZone?: string;
  /** Send it although what it is about was called off: the news that it is. */
  evenIfCalledOff?: boolean;
}

/** What a plan answers about each of its messages. */
export interface PlannedMessage {
  id: string;
  kind: MessageKind;
  status: MessageStatus;
  /** Set when it will not be sent. */
  reason: MessageReason | null;
  recipient: { personId: string | null; userId: string | null; email: string; name: string };
  subject: string;
  sendAt: Date;
}
