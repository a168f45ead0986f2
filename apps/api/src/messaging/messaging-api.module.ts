import { Module } from '@nestjs/common';
import { ConferencesModule } from '#conferences';
import { InvitationsModule } from '#invitations';
import { MembersModule } from '#members';
import { MessagingModule } from '#messaging';
import { RemindersModule } from '#reminders';
import { TradeMissionsModule } from '#trade-missions';
import { PagesController } from '../pages/pages.controller.js';
import { BouncesController } from './bounces.controller.js';
import { CalendarRepliesController } from './calendar-replies.controller.js';
import { InvitationsController } from './invitations.controller.js';
import { MessagesController } from './messages.controller.js';
import { ReminderRulesController } from './reminder-rules.controller.js';
import { SuppressionsController } from './suppressions.controller.js';
import { TemplatesController } from './templates.controller.js';

/** Invitations, the message ledger, and what governs it. */
@Module({
  imports: [ConferencesModule, InvitationsModule, MembersModule, MessagingModule, RemindersModule, TradeMissionsModule],
  controllers: [
    InvitationsController,
    MessagesController,
    ReminderRulesController,
    TemplatesController,
    SuppressionsController,
    BouncesController,
    CalendarRepliesController,
    PagesController,
  ],
})
export class MessagingApiModule {}
