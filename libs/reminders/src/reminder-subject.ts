import type { MailData, Recipient } from '#messaging';

export const REMINDER_SUBJECTS = [
  'task',
  'side_meeting',
  'session',
  'conference',
  'invitation',
  'membership',
  'delegate',
] as const;
export type ReminderSubjectKind = (typeof REMINDER_SUBJECTS)[number];

/** Those, and what has reminders of its own alone, which no rule speaks to. */
export type RemindedKind = ReminderSubjectKind | 'commitment';

/** Whom a rule may speak to, besides `all`: everybody whom a subject of the kind concerns. */
export const REMINDER_AUDIENCES: Record<ReminderSubjectKind, readonly string[]> = {
  task: ['assignee'],
  side_meeting: ['participants'],
  session: ['speakers', 'participants'],
  conference: ['registered', 'speakers'],
  invitation: ['invitees'],
  membership: ['contact'],
  delegate: ['delegates'],
};

/** Kinds whose reminders are still of use after the moment that offsets count from. */
export const REMINDED_AFTERWARDS: readonly ReminderSubjectKind[] = ['task', 'membership'];

/** Somebody to be reminded; without an address the ledger says why nothing goes out. */
export interface Reminded extends Omit<Recipient, 'email'> {
  email: string | null;
  /** Which rules speak to this one, all of them when absent. */
  audience?: string;
}

/** Something people want to be reminded of. */
export interface ReminderSubject {
  subject: RemindedKind;
  /** Its record. */
  aboutId: string;
  /** What the offsets count from. */
  at: Date;
  /** IANA zone in which days are counted. */
  timeZone: string;
  /** A reminder is useless after this; `at` when absent. */
  notAfter?: Date;
  /** The same for reminders that go out after `at`; `notAfter` when absent. */
  notAfterwards?: Date;
  recipients: Reminded[];
  /** `startsAt` and `timeZone` are filled in from `at` where they are missing. */
  data: MailData;
  /** Durations before `at` asked for on the subject itself (`P1D`, `PT1H`); when absent, the enabled rules of its kind apply. */
  offsets?: string[];
  /** Template for `offsets`; `<subject>_reminder` when absent. */
  templateKey?: string;
}
