/** What became of a message that was handed to SMTP. */
export type SmtpOutcome =
  | { kind: 'sent' }
  /** Certainly not taken, but may be later; `unreachable` when the server took nobody's mail. */
  | { kind: 'retry'; error: string; unreachable: boolean }
  /** Certainly not taken, and never will be; `badAddress` when it is the address that is wrong. */
  | { kind: 'failed'; error: string; badAddress: boolean }
  /** Nobody can say: the message was out of our hands, the answer never came. */
  | { kind: 'unknown'; error: string };

/** The part of nodemailer's error that matters here. */
export interface SmtpError {
  message: string;
  /** `EENVELOPE` and `EMESSAGE` are about this message, all others about the connection. */
  code?: string;
  /** Reply code of the server, when it spoke. */
  responseCode?: number;
  response?: string;
  command?: string;
}

/**
 * Reads an SMTP failure. `handedOver`: all of the message, its final dot included, had been given to the connection.
 * RFC 5321 §4.2.1 for the first digit, §4.5.4.1 for trying again; RFC 3463 §3.2 for the address codes.
 */
export function smtpOutcome(failure: SmtpError, handedOver: boolean): SmtpOutcome {
  const error = failure.message.slice(0, 1_000);
  const ofMessage = failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE';
  const reply = failure.responseCode ?? 0;
  if (reply >= 400 && reply < 500) return { kind: 'retry', error, unreachable: !ofMessage };
  if (reply >= 500 && reply !== BAD_SEQUENCE && (ofMessage || handedOver))
    return { kind: 'failed', error, badAddress: isBadAddress(failure) };
  if (reply >= 500) return { kind: 'retry', error, unreachable: true };
  if (handedOver) return { kind: 'unknown', error };
  if (ofMessage) return { kind: 'failed', error, badAddress: false };
  return { kind: 'retry', error, unreachable: true };
}

/** 503 speaks of the session, not of the message. */
const BAD_SEQUENCE = 503;

/** 5.1.x, but for 5.1.7 and 5.1.8, which are about the sender. */
function isBadAddress({ response = '', command }: SmtpError): boolean {
  const detail = /^5\d\d[ -]5\.1\.(\d{1,3})\b/.exec(response)?.[1];
  return command !== 'MAIL FROM' && detail !== undefined && detail !== '7' && detail !== '8';
}

const HOUR = 3_600_000;
/** A message is tried for so long, counted from its first attempt. */
export const TRY_FOR = 72 * HOUR;

/** Milliseconds until the next attempt: doubled each time, half of it by chance so that a crowd does not come back as one. */
export function retryDelay(attempts: number, base: number, unreachable: boolean, random = Math.random()): number {
  const longest = unreachable ? HOUR / 60 : HOUR;
  const delay = Math.min(longest, base * 2 ** Math.min(attempts - 1, 20));
  return Math.round(delay * (0.5 + random / 2));
}
