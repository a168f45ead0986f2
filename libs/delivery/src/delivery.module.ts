import { type DynamicModule, Module } from '@nestjs/common';
import { DEFAULT_DELIVERY, DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { MailFlowReader } from './mail-flow.reader.js';
import { Mailer } from './mailer.js';
import { MessageDelivery } from './message-delivery.js';
import { MessageSweep } from './message-sweep.js';

/** Tells how mail flows. */
@Module({ providers: [MailFlowReader], exports: [MailFlowReader] })
export class DeliveryModule {
  /** What sends the messages that are due as well; for the worker. */
  static forRoot(options: Partial<DeliveryOptions> = {}): DynamicModule {
    const provided = { provide: DELIVERY_OPTIONS, useValue: { ...DEFAULT_DELIVERY, ...options } };
    return {
      module: DeliveryModule,
      providers: [provided, Mailer, MessageSweep, MessageDelivery],
      exports: [provided, MessageSweep, MessageDelivery],
    };
  }
}
