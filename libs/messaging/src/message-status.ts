export const MESSAGE_KINDS = ['invitation', 'nudge', 'reminder', 'digest', 'escalation', 'notice'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/**
 * planned → queued (a worker claimed it) → sending (handed to SMTP now) → sent. The others are ends too:
 * `unknown` means that nobody can say whether it went out.
 */
export const MESSAGE_STATUSES = [
  'planned',
  'queued',
  'sending',
  'sent',
  'cancelled',
  'suppressed',
  'failed',
  'unknown',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Why a message ended as it did, or waits; `{title}` stands for what the message is about. */
export const REASONS = {
  past: 'Its time had passed already when it was planned, so it was never due.',
  rescheduled: 'The time of what it is about has changed; other messages took its place.',
  no_longer_wanted: 'Its recipient or its reminder rule no longer applies.',
  subject_called_off: 'What it is about was called off.',
  completed: 'What it is about was done before.',
  settled: 'The commitment it speaks of has been settled.',
  subject_removed: 'What it is about, or its recipient, was removed: the import that had created it was taken back.',
  recipient_archived: 'Its recipient is no longer in the directory.',
  no_address: 'Its recipient has no e-mail address that mail could go to.',
  merged: 'Its recipient was merged with somebody who gets the same.',
  cancelled_by_staff: 'Staff cancelled it.',
  invitation_cancelled: 'The invitation was withdrawn.',
  registration_changed: 'The registration it speaks of has changed since.',
  answered: 'The invitee had answered before.',
  too_late: 'It could not go out while it was still useful.',
  suppressed: 'The address is on the suppression list.',
  refused: 'The mail server refused it for good.',
  gave_up: 'The mail server did not take it in 72 hours.',
  render_failed: 'Its text could not be made from the template.',
  lease_expired: 'The worker ended while it handed the message to the mail server; it may or may not have gone out.',
  connection_lost: 'The connection broke after the message was handed over; it may or may not have gone out.',
} as const;
export type MessageReason = keyof typeof REASONS;

/** Reasons that a new plan may take back: the message was never refused, only not wanted at the time. */
export const REVIVABLE: readonly MessageReason[] = [
  'past',
  'rescheduled',
  'no_longer_wanted',
  'subject_called_off',
  'completed',
  'settled',
  'no_address',
  'invitation_cancelled',
  'answered',
];

/** Cancellations that somebody may overrule: the message was right, only stopped by hand or not in time. */
const OVERRULABLE: readonly (MessageReason | null)[] = ['cancelled_by_staff', 'too_late', 'past'];

/** Why nobody can say whether a message went out. */
const LOST: readonly (MessageReason | null)[] = ['lease_expired', 'connection_lost'];

/** A message whose fate is unknown keeps the reason for which it was taken back meanwhile. */
const wasTakenBack = (reason: MessageReason | null): boolean => !LOST.includes(reason);

/** Whether a message may be sent again; one taken back because something changed says what is no longer so. */
export const isResendable = (status: MessageStatus, reason: MessageReason | null): boolean =>
  status === 'failed' ||
  (status === 'unknown' && !wasTakenBack(reason)) ||
  ((status === 'cancelled' || status === 'unknown') && OVERRULABLE.includes(reason));

interface Explained {
  status: MessageStatus;
  reason: MessageReason | null;
  sendAt: Date;
  sentAt: Date | null;
  attempts: number;
  lastError: string | null;
  /** What its server said when it came back. */
  bounce: string | null;
}

/** In words: what has become of a message, and why. */
export function explain({ status, reason, sendAt, sentAt, attempts, lastError, bounce }: Explained): string {
  const why = reason ? REASONS[reason] : '';
  const error = lastError ? ` The mail server said: ${lastError}` : '';
  switch (status) {
    case 'sent':
      return sent(sentAt, bounce);
    case 'planned':
      return waiting(sendAt, attempts, error);
    case 'queued':
      return 'A worker is about to send it.';
    case 'sending':
      return 'It is being handed to the mail server.';
    case 'cancelled':
    case 'suppressed':
    case 'failed':
      return `Not sent. ${why}${error}`;
    case 'unknown':
      return unknown(reason, why, error);
  }
}

const unknown = (reason: MessageReason | null, why: string, error: string): string =>
  wasTakenBack(reason)
    ? `Unknown. It was taken back while it was handed to the mail server, and may or may not have gone out. ${why} It is not sent again.${error}`
    : `Unknown. ${why} It is not sent again unless you say so.${error}`;

const sent = (at: Date | null, bounce: string | null): string =>
  `Sent at ${at?.toISOString()}.${bounce ? ` It came back: ${bounce}` : ''}`;

const waiting = (sendAt: Date, attempts: number, error: string): string =>
  attempts > 0 ? `Tried ${attempts} times, will be tried again.${error}` : `Will be sent at ${sendAt.toISOString()}.`;

/** Who and what an explanation is about; null where there is no such thing, or it is not for the asker's eyes. */
export interface SummaryNames {
  title: string | null;
  name: string | null;
}

/** In words: what there is about something to somebody, also where it is nothing. */
export function summarize(messages: { status: MessageStatus }[], { title, name }: SummaryNames): string {
  const whom = `to ${name ?? 'this recipient'} about ${title === null ? 'this' : `“${title}”`}`;
  if (messages.length === 0) return `Nobody has planned a message ${whom}.`;
  const counts = MESSAGE_STATUSES.map(
    (status) => [status, messages.filter((each) => each.status === status).length] as const,
  );
  const parts = counts.flatMap(([status, count]) => (count > 0 ? [`${count} ${status}`] : []));
  return `${messages.length === 1 ? '1 message' : `${messages.length} messages`} ${whom}: ${parts.join(', ')}.`;
}
