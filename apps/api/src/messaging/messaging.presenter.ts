import type { InvitationResult, InvitationRow } from '#invitations';
import type { Explanation, MessageRow, SuppressionRow, TemplateRow } from '#messaging';
import type { ReminderRuleRow } from '#reminders';
import { instant, stamps } from '../http/format.js';
import type { InvitationDto, InvitationRoundDto } from './invitation.dto.js';
import type { ExplanationDto, MessageDto, ReminderRuleDto, SuppressionDto, TemplateDto } from './message.dto.js';

/** Rows that are never archived. */
const lasting = <Row extends { id: string; version: number; createdAt: Date; updatedAt: Date }>(row: Row) =>
  stamps({ ...row, archivedAt: null });

export const presentInvitation = (row: InvitationRow): InvitationDto => ({
  ...lasting(row),
  about: row.about,
  personId: row.personId,
  personName: row.personName,
  batchId: row.batchId,
  status: row.status,
  respondBy: instant(row.respondBy),
  sentAt: instant(row.sentAt),
  respondedAt: instant(row.respondedAt),
  note: row.note,
  cancelledAt: instant(row.cancelledAt),
});

export const presentRound = ({ preview, ...result }: InvitationResult): InvitationRoundDto => ({
  ...result,
  ...(preview && { preview: { data: preview.map((row) => ({ ...row, sendAt: instant(row.sendAt) })) } }),
});

export const presentMessage = (row: MessageRow): MessageDto => ({
  ...lasting(row),
  kind: row.kind,
  about: row.about,
  recipient: row.recipient,
  subject: row.subject,
  templateKey: row.templateKey,
  locale: row.locale,
  status: row.status,
  reason: row.reason,
  sendAt: instant(row.sendAt),
  dueAt: instant(row.dueAt),
  notAfter: instant(row.notAfter),
  attempts: row.attempts,
  lastError: row.lastError,
  bounce: row.bounce,
  sentAt: instant(row.sentAt),
  ruleId: row.ruleId,
  batchId: row.batchId,
  invitationId: row.invitationId,
});

export const presentExplanation = (row: Explanation): ExplanationDto => ({
  messageId: row.messageId,
  kind: row.kind,
  status: row.status,
  reason: row.reason,
  subject: row.subject,
  sendAt: instant(row.sendAt),
  explanation: row.explanation,
});

export const presentReminderRule = (row: ReminderRuleRow): ReminderRuleDto => ({
  ...stamps(row),
  subject: row.subject,
  offset: row.offset,
  atLocalTime: row.atLocalTime,
  audience: row.audience,
  templateKey: row.templateKey,
  enabled: row.enabled,
  planned: row.planned,
  replanning: row.replanning,
});

export const presentTemplate = (row: TemplateRow): TemplateDto => ({
  ...stamps(row),
  key: row.key,
  locale: row.locale,
  subject: row.subject,
  body: row.body,
  customised: row.customised,
});

export const presentSuppression = (row: SuppressionRow): SuppressionDto => ({
  ...lasting(row),
  email: row.email,
  reason: row.reason,
  source: row.source,
});
