export { BadAddresses } from './bad-addresses.js';
export { type BounceEffect, BouncesService } from './bounces.service.js';
export { calendarOf, type MailCalendar, type Participation } from './mail-calendar.js';
export { MailComposer, type MailPreview, type MailSource } from './mail-composer.js';
export { type AnswerLink, MailLinks } from './mail-links.js';
export { isMailAddress, MessageLedger, type LedgerEntry } from './message-ledger.js';
export {
  MESSAGE_KINDS,
  MESSAGE_STATUSES,
  type MessageKind,
  type MessageReason,
  type MessageStatus,
} from './message-status.js';
export {
  type Explanation,
  type Explanations,
  type MessageCounts,
  type MessageRow,
  messagesList,
  MessagesReader,
} from './messages.reader.js';
export { type AddressMove, MessagesService } from './messages.service.js';
export { MessagingModule } from './messaging.module.js';
export type { MailData, MessageInput, PlannedMessage, Recipient } from './planned-message.js';
export { type Sender, senderOf } from './sender.js';
export { SUPPRESSION_SOURCES, type SuppressionSource } from './suppression.entity.js';
export {
  type SuppressionRow,
  suppressionsList,
  SuppressionsReader,
  type UnsubscribePage,
} from './suppressions.reader.js';
export { type SuppressionInput, SuppressionsService } from './suppressions.service.js';
export { type TemplateRow, templatesList, TemplatesReader } from './templates.reader.js';
export { type TemplateTrial, TemplatesService } from './templates.service.js';
export { BadMailLink, MailLinkGone, UnanswerableTemplate, UnknownTemplate } from './messaging.errors.js';
export { STOPPABLE, takenBack } from './take-back.js';
