import { Global, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TimelineSources } from '#records';
import { BadAddresses } from './bad-addresses.js';
import { BouncesService } from './bounces.service.js';
import { MailComposer } from './mail-composer.js';
import { MailLinks } from './mail-links.js';
import { MessageLedger } from './message-ledger.js';
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
