import { PartialType, PickType } from '@nestjs/swagger';
import { IsBoolean, IsObject, Matches } from 'class-validator';
import { REMINDER_SUBJECTS, type ReminderSubjectKind } from '#reminders';
import { Email, Line, Locale, Nullable, OneOf, Optional, Text } from '../http/fields.js';
import { AboutDto } from '../records/record.dto.js';

export class MessageDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  /** invitation, nudge, reminder, digest, escalation or notice */
  kind: string;
  about: AboutDto | null;
  /** {personId?, userId?, email, name}; email is null where there was none to write to */
  recipient: object;
  subject: string;
  templateKey: string;
  locale: string;
  /** planned, queued, sending, sent, cancelled, suppressed, failed or unknown */
  status: string;
  /** Why it ended as it did, as a code */
  reason: string | null;
  sendAt: string;
  /** When it is tried next */
  dueAt: string;
  /** Useless after this */
  notAfter: string | null;
  attempts: number;
  lastError: string | null;
  /** What its server said when it came back after it had been sent; null otherwise */
  bounce: string | null;
  sentAt: string | null;
  ruleId: string | null;
  batchId: string | null;
  invitationId: string | null;
}

export class MessageCountsDto {
  /** Always sent + cancelled + suppressed + failed + unknown + stillDue */
  total: number;
  /** planned + queued + sending */
  stillDue: number;
  planned: number;
  queued: number;
  sending: number;
  sent: number;
  cancelled: number;
  suppressed: number;
  failed: number;
  unknown: number;
  /** Seconds for which the message that waits longest has been due */
  dueLag: number;

  /** Attempts to hand these messages over; one that is sent again starts anew */
  attempts: number;
}

export class MailPreviewDto {
  subject: string;
  html: string;
  text: string;
}

export class ExplanationDto {
  messageId: string;
  kind: string;
  status: string;
  reason: string | null;
  subject: string;
  sendAt: string;
  /** In words */
  explanation: string;
}

export class ExplanationsDto {
  data: ExplanationDto[];
  /** In words, also where nobody has planned anything */
  summary: string;
}

export class CreateReminderRuleDto {
  /**
   * What it reminds of. One of an invitation asks whoever has not answered, counted from respondBy, else from the start of
   * the event. One of a delegate can be saved, but nothing is planned by it yet
   */
  @OneOf(REMINDER_SUBJECTS)
  subject: ReminderSubjectKind;

  /**
   * ISO 8601 duration from the subject's time, at most 366 days: -P1D is a day before. After the subject (P7D) for task
   * and membership only
   * @example '-P1D'
   */
  @Line(40)
  offset: string;

  /**
   * HH:MM in the subject's zone, instead of the subject's own time of day; with an offset of whole days only. Where the
   * clocks skip it, it is later by what they skip; where they repeat it, the first time counts
   */
  @Nullable()
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'atLocalTime must be HH:MM' })
  atLocalTime?: string | null;

  /**
   * Which of those whom the subject concerns; all of them unless given. task: assignee · side_meeting: participants ·
   * session: speakers, participants · conference: registered, speakers · invitation: invitees · membership: contact ·
   * delegate: delegates
   */
  @Optional()
  @Line(40)
  audience?: string;

  @Line(60)
  templateKey: string;

  @Optional()
  @IsBoolean()
  enabled?: boolean;
}

export class UpdateReminderRuleDto extends PartialType(CreateReminderRuleDto, { skipNullProperties: false }) {}

export class ReminderRuleDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  subject: string;
  offset: string;
  atLocalTime: string | null;
  audience: string;
  templateKey: string;
  enabled: boolean;
  /** Messages by this rule that wait to go out */
  planned: number;
  /** A rule of this subject has changed, and what is ahead is still being planned anew: `planned` is not final */
  replanning: boolean;
}

export class CreateTemplateDto {
  /** What the template is for, such as side_meeting_reminder */
  @Matches(/^[a-z][a-z0-9_]{0,59}$/, { message: 'key must be 1–60 of a–z, 0–9 and _' })
  key: string;

  @Locale()
  locale: string;

  /** Subject line with {{fields}} */
  @Line(300)
  subject: string;

  /** MJML with {{fields}}: a whole document, or what stands between the house's header and footer */
  @Text(100_000)
  body: string;
}

export class UpdateTemplateDto extends PartialType(PickType(CreateTemplateDto, ['subject', 'body']), {
  skipNullProperties: false,
}) {}

export class PreviewTemplateDto {
  @Optional()
  @Locale()
  locale?: string;

  /** Subject line to try out instead of the saved one */
  @Optional()
  @Line(300)
  subject?: string;

  /** MJML to try out instead of the saved one */
  @Optional()
  @Text(100_000)
  body?: string;

  /** What a message would carry: title, startsAt, timeZone, place …; an example stands in */
  @Optional()
  @IsObject()
  data?: Record<string, string | string[] | null>;
}

export class TemplateDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  archivedAt?: string;
  key: string;
  locale: string;
  subject: string;
  body: string;
  /** Whether staff have changed the house's own text */
  customised: boolean;
}

export class CreateSuppressionDto {
  /** Address that must not be mailed */
  @Email()
  email: string;

  /** Why */
  @Text(500)
  reason: string;
}

export class SuppressionDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  email: string;
  reason: string;
  source: string;
}
