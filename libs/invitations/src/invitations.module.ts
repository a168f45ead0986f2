import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessagingModule } from '#messaging';
import { TimelineSources } from '#records';
import { RemindersModule, ReminderSources } from '#reminders';
import { CalendarRepliesService } from './calendar-replies.service.js';
import { EventGuests } from './event-guests.js';
import { EventNews } from './event-news.js';
import { InvitationAnswers } from './invitation-answers.js';
import { InvitationResponsesService } from './invitation-responses.service.js';
import { InvitationSeriesService } from './invitation-series.service.js';
import { InvitationWithdrawals } from './invitation-withdrawals.js';
import { Invitation } from './invitation.entity.js';
import { PendingReminders } from './pending-reminders.js';
import { RoundAudience } from './round-audience.js';
import { InvitationsReader } from './invitations.reader.js';
import { InvitationsService } from './invitations.service.js';
import { invitationTimelines } from './invitations.timeline.js';

const FACE = [
  CalendarRepliesService,
  EventGuests,
  InvitationAnswers,
  InvitationResponsesService,
  InvitationSeriesService,
  InvitationsReader,
  InvitationsService,
];
const PARTS = [EventNews, InvitationWithdrawals, PendingReminders, RoundAudience];

/** Who is invited to what, and what they answered; the mails go through the ledger. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Invitation]), MessagingModule, RemindersModule],
  providers: [...FACE, ...PARTS],
  exports: FACE,
})
export class InvitationsModule {
  constructor(timelines: TimelineSources, reminders: ReminderSources, pending: PendingReminders) {
    timelines.register(...invitationTimelines);
    reminders.register(pending);
  }
}
