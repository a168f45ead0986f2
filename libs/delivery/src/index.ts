export { DEFAULT_DELIVERY, DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
export { DeliveryModule } from './delivery.module.js';
export { type MailFlow, MailFlowReader, mailHealth } from './mail-flow.reader.js';
export { MessageDelivery } from './message-delivery.js';
export { type ClaimedMessage, MessageSweep } from './message-sweep.js';
