/** What became of a message that was handed to SMTP. */
export type SmtpOutcome =
  | { kind: 'sent' }
  /** Certainly not taken, but may be later. */
  | Retry
  /** Certainly not taken, and never will be; `badAddress` when it is the address that is wrong. */
  | { kind: 'failed'; error: string; badAddress: boolean }
  /** Nobody can say: the message was out of our hands, the answer never came. */
  | { kind: 'unknown'; error: string };

export interface Retry {
  kind: 'retry';
  error: string;
  /** Who is to be left alone for a while: nobody else, the recipient's domain, or the mail server that all mails go through. */
  rests: 'nobody' | 'domain' | 'relay';
  /** Only somebody who mends the configuration can help. */
  setup: boolean;
}

/** How far it had come: no connection yet; on one; all of the message, its final dot included, given to it. */
export type SmtpStage = 'connecting' | 'talking' | 'handed over';

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

/** Reads an SMTP failure. RFC 5321 §4.2.1 for the first digit, §4.5.4.1 for trying again; RFC 3463 §3 for the details. */
export function smtpOutcome(failure: SmtpError, stage: SmtpStage): SmtpOutcome {
  const error = failure.message.slice(0, 1_000);
  const later = (rests: Retry['rests'], setup = false): Retry => ({ kind: 'retry', error, rests, setup });
  if (isSetup(failure)) return later(failure.command === 'RCPT TO' ? 'domain' : 'relay', true);
  if (stage !== 'handed over' && isOfRelay(failure, stage)) return later('relay');
  const reply = failure.responseCode ?? 0;
  if (isTransient(reply) || isTooMany(failure)) return later(slowsDown(failure) ? 'domain' : 'nobody');
  if (reply >= 500) return refused(failure, stage, later);
  if (stage === 'handed over') return { kind: 'unknown', error };
  return isOfMessage(failure) ? { kind: 'failed', error, badAddress: false } : later('nobody');
}

/** 503 speaks of the session, not of the message; and so does what was said about neither recipient nor text. */
function refused(failure: SmtpError, stage: SmtpStage, later: (rests: Retry['rests']) => Retry): SmtpOutcome {
  const ofMessage = isOfMessage(failure) || stage === 'handed over';
  if (failure.responseCode === BAD_SEQUENCE || !ofMessage) return later('relay');
  return { kind: 'failed', error: failure.message.slice(0, 1_000), badAddress: isBadAddress(failure) };
}

const isTransient = (reply: number): boolean => reply >= 400 && reply < 500;

const isOfMessage = ({ code }: SmtpError): boolean => code === 'EENVELOPE' || code === 'EMESSAGE';

const BAD_SEQUENCE = 503;

/** RFC 4954 §6: authentication required, mechanism too weak, credentials invalid, encryption required. */
const AUTHENTICATION = new Set([530, 534, 535, 538]);

/**
 * Our own configuration is at fault, so no message may pay for it: credentials, encryption, certificates, a server that
 * does not relay for us, a sender it does not want (RFC 3463: 5.1.7, 5.1.8).
 */
function isSetup(failure: SmtpError): boolean {
  const { code, responseCode = 0, response = '', command } = failure;
  if (AUTHENTICATION.has(responseCode) || isOfEncryption(failure)) return true;
  if (code === 'EAUTH') return !isTransient(responseCode);
  if (command === 'MAIL FROM') return responseCode >= 500 && responseCode !== BAD_SEQUENCE && !isTooLarge(response);
  return command === 'RCPT TO' && NO_RELAYING.test(response);
}

const NO_RELAYING = /\brelay(ing)?\b.{0,20}\b(denied|not permitted|prohibited)|unable to relay/i;

const isOfEncryption = ({ code, message }: SmtpError): boolean =>
  code === 'ETLS' || (code === 'ESOCKET' && /certificate|self.signed|\bssl\b|\btls\b/i.test(message));

/** The connection never came about, or the server refused before it had heard of a recipient. */
function isOfRelay({ code, responseCode = 0, command, response = '' }: SmtpError, stage: SmtpStage): boolean {
  if (stage === 'connecting') return true;
  if (command === 'MAIL FROM') return isTransient(responseCode);
  // 421 in answer to nothing in particular: a server that shuts down (RFC 3463: 4.3.2).
  return code === 'ECONNECTION' && responseCode === 421 && /^421[ -]4\.3\./.test(response);
}

/** The size announced with the sender (RFC 1870 §6.1) is the message's affair. */
const isTooLarge = (response: string): boolean => /^552\b|\b5\.3\.4\b/.test(response);

/**
 * Whether a refusal that may pass concerns all of the domain: its system, the way to it, its policy, too many at once
 * (RFC 3463: X.3, X.4, X.7, X.5.3). Greylisting is about one recipient, whatever code it comes with.
 */
function slowsDown({ response = '', responseCode }: SmtpError): boolean {
  if (/gr[ae]y.?list/i.test(response)) return false;
  const detail = /^\d{3}[ -](4\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  return responseCode === 421 || (detail ? /^4\.(?:[347]\.|5\.3$)/.test(detail) : TOO_MUCH.test(response));
}

const TOO_MUCH = /too (many|much|fast)|rate|limit|throttl|slow down|busy|overload/i;

/** RFC 5321 §4.5.3.1.10: a 552 for too many recipients means 452. */
const isTooMany = ({ command, responseCode, response = '' }: SmtpError): boolean =>
  responseCode === 552 && command === 'RCPT TO' && /\b5\.5\.3\b|too many/i.test(response);

/** 5.1.x, but for 5.1.7 and 5.1.8, which are about the sender. */
function isBadAddress({ response = '', command }: SmtpError): boolean {
  const detail = /^5\d\d[ -]5\.1\.(\d{1,3})\b/.exec(response)?.[1];
  return command !== 'MAIL FROM' && detail !== undefined && detail !== '7' && detail !== '8';
}
