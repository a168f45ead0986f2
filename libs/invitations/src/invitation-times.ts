import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from '#calendar';
import type { MessageReason } from '#messaging';
import type { RecordSummary } from '#records';
import { leadTime, outsideQuietHours, type ReminderRuleRow } from '#reminders';
import { type InvitationRound, usefulUntil } from './invitation-round.js';

/** A rule that asks again whoever has not answered. */
export type PendingRule = Pick<ReminderRuleRow, 'id' | 'offset' | 'atLocalTime' | 'templateKey'>;

/** When somebody is asked again. */
export interface NudgeTime {
  /** Names the duration or the rule in the dedupe key. */
  key: string;
  templateKey: string;
  sendAt: Date;
  notAfter?: Date;
  /** Set when it must not go out at all. */
  reason: MessageReason | null;
  /** Of one that a rule asks for: the rule, and the moment its offset counts from. */
  rule?: { id: string; occursAt: Date };
}

/** When the mails of a round go to somebody. */
export interface MailTimes {
  sendAt: Date;
  /** It waits for the morning where its recipient is. */
  delayed: boolean;
  nudges: NudgeTime[];
}

/** An answer is of use until it was asked for, or until what it is about is over. */
const answerableUntil = (about: RecordSummary, respondBy?: Date | null): Date | undefined =>
  earliest(respondBy, usefulUntil(about));

/**
 * When the mails of a round go to people in a zone of their own, or in none that is known (null). Nobody is mailed at
 * night unless the morning would be too late; each zone is thought through once, however many people live there.
 */
export function roundTimes(
  about: RecordSummary,
  round: InvitationRound,
  rules: PendingRule[],
  now: Date,
): (timeZone: string | null | undefined) => MailTimes {
  const asked = round.sendAt && round.sendAt > now ? round.sendAt : now;
  return perZone((zone) => {
    const sendAt = zone ? outsideQuietHours(asked, zone, { now, notAfter: helpsUntil(about, round, asked) }) : asked;
    const nudges = [
      ...durations(round).map((after) => nudgeAfter(after, about, round, sendAt, zone)),
      ...ruleTimes(about, round.respondBy, rules, zone, sendAt),
    ];
    return { sendAt, delayed: sendAt > asked, nudges };
  });
}

/** The same answer for everybody in one zone; a zone that does not exist is none. */
function perZone<Answer>(think: (zone: string | null) => Answer): (timeZone: string | null | undefined) => Answer {
  const known = new Map<string | null | undefined, Answer>();
  return (timeZone) => {
    const before = known.get(timeZone);
    if (before !== undefined) return before;
    const answer = think(timeZone && isTimeZone(timeZone) ? timeZone : null);
    known.set(timeZone, answer);
    return answer;
  };
}

/** An invitation that waits until morning must not find the event begun; to one that has begun it helps until the end. */
const helpsUntil = (about: RecordSummary, { respondBy }: InvitationRound, asked: Date): Date | undefined =>
  earliest(
    ...[respondBy, about.exact ? about.startsAt : null, usefulUntil(about)].filter((limit) => limit && limit > asked),
  );

const durations = ({ nudges = [] }: InvitationRound): string[] => [...new Set(nudges)];

/** Days are counted on the clocks of the event. */
function nudgeAfter(
  after: string,
  about: RecordSummary,
  { respondBy }: InvitationRound,
  sent: Date,
  zone: string | null,
): NudgeTime {
  const notAfter = answerableUntil(about, respondBy);
  const nominal = shifted(sent, after, about.timeZone ?? 'UTC');
  // Never moved back to the moment of the invitation itself.
  const sendAt = zone ? outsideQuietHours(nominal, zone, { now: new Date(sent.getTime() + 1), notAfter }) : nominal;
  const late = notAfter !== undefined && sendAt > notAfter;
  return { key: after, templateKey: 'nudge', sendAt, notAfter, reason: late ? 'too_late' : null };
}

/**
 * When the rules for pending invitations ask again: counted from `respondBy`, else from the start of the event where that
 * is known to the minute; never before the invitation itself (`after`).
 */
export function ruleTimes(
  about: RecordSummary,
  respondBy: Date | null | undefined,
  rules: PendingRule[],
  zone: string | null,
  after: Date,
): NudgeTime[] {
  const at = respondBy ?? (about.exact ? about.startsAt : null);
  if (!at) return [];
  const notAfter = answerableUntil(about, respondBy) ?? at;
  const timeZone = about.timeZone ?? 'UTC';
  return rules.map(({ id, templateKey, ...lead }) => ({
    key: `${id}:${at.toISOString()}`,
    templateKey,
    notAfter,
    rule: { id, occursAt: at },
    ...leadTime({ key: id, ...lead }, { at, timeZone, recipientTimeZone: zone ?? timeZone, notAfter, now: after }),
  }));
}

function shifted(at: Date, duration: string, timeZone: string): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(local.add(Temporal.Duration.from(duration)).epochMilliseconds);
}

function earliest(...dates: (Date | null | undefined)[]): Date | undefined {
  const known = dates.filter((date) => date !== null && date !== undefined);
  return known.length > 0 ? new Date(Math.min(...known.map((date) => date.getTime()))) : undefined;
}
