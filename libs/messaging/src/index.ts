export { type BounceEffect, BouncesService } from './bounces.service.js';
export { DEFAULT_DELIVERY, DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
export { calendarOf, type MailCalendar, type Participation } from './mail-calendar.js';
export type { MailPreview } from './mail-composer.js';
export { type MailFlow, MailFlowReader, mailHealth } from './mail-flow.reader.js';
export { type AnswerLink, MailLinks } from './mail-links.js';
export { isMailAddress, MessageLedger, type LedgerEntry } from './message-ledger.js';
export { MessageDelivery } from './message-delivery.js';
export {
  MESSAGE_KINDS,
  MESSAGE_STATUSES,
  type MessageKind,
  type MessageReason,
  type MessageStatus,
} from './message-status.js';
export { type ClaimedMessage, MessageSweep } from './message-sweep.js';
export {
  type Explanation,
  type Explanations,
  type MessageCounts,
  type MessageRow,
  messagesList,
  MessagesReader,
} from './messages.reader.js';
export { type AddressMove, MessagesService } from './messages.service.js';
export { DeliveryModule, MessagingModule } from './messaging.module.js';
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
export { BadMailLink, MailLinkGone, UnknownTemplate } from './messaging.errors.js';
export { STOPPABLE, takenBack } from './take-back.js';
