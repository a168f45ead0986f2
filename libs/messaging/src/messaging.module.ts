import { type DynamicModule, Global, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TimelineSources } from '#records';
import { BadAddresses } from './bad-addresses.js';
import { BouncesService } from './bounces.service.js';
import { DEFAULT_DELIVERY, DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { MailComposer } from './mail-composer.js';
import { MailFlowReader } from './mail-flow.reader.js';
import { MailLinks } from './mail-links.js';
import { Mailer } from './mailer.js';
import { MessageDelivery } from './message-delivery.js';
import { MessageLedger } from './message-ledger.js';
import { MessageSweep } from './message-sweep.js';
import { MessagesReader } from './messages.reader.js';
import { MessagesService } from './messages.service.js';
import { messagingTimelines } from './messaging.timeline.js';
import { Suppression } from './suppression.entity.js';
import { SuppressionsReader } from './suppressions.reader.js';
import { SuppressionsService } from './suppressions.service.js';
import { Template } from './template.entity.js';
import { TemplatesReader } from './templates.reader.js';
import { TemplatesService } from './templates.service.js';

const SHARED = [MessageLedger, MailLinks, MailComposer, BadAddresses];
const FACE = [
  MessagesService,
  MessagesReader,
  BouncesService,
  MailFlowReader,
  SuppressionsService,
  SuppressionsReader,
  TemplatesService,
  TemplatesReader,
];

/** The ledger of messages and what it is planned from. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Suppression, Template])],
  providers: [...SHARED, ...FACE],
  exports: [...SHARED, ...FACE],
})
export class MessagingModule implements OnApplicationBootstrap {
  constructor(
    private readonly templates: TemplatesService,
    sources: TimelineSources,
  ) {
    sources.register(...messagingTimelines);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.templates.installBuiltIns();
  }
}

/** What sends the messages that are due; for the worker. */
@Module({})
export class DeliveryModule {
  static forRoot(options: Partial<DeliveryOptions> = {}): DynamicModule {
    const provided = { provide: DELIVERY_OPTIONS, useValue: { ...DEFAULT_DELIVERY, ...options } };
    return {
      module: DeliveryModule,
      providers: [provided, Mailer, MessageSweep, MessageDelivery],
      exports: [provided, MessageSweep, MessageDelivery],
    };
  }
}
