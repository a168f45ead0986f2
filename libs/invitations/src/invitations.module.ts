import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessagingModule } from '#messaging';
import { TimelineSources } from '#records';
import { InvitationAnswers } from './invitation-answers.js';
import { InvitationResponsesService } from './invitation-responses.service.js';
import { Invitation } from './invitation.entity.js';
import { InvitationsReader } from './invitations.reader.js';
import { InvitationsService } from './invitations.service.js';
import { invitationTimelines } from './invitations.timeline.js';

const FACE = [InvitationsService, InvitationAnswers, InvitationResponsesService, InvitationsReader];

/** Who is invited to what, and what they answered; the mails go through the ledger. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Invitation]), MessagingModule],
  providers: FACE,
  exports: FACE,
})
export class InvitationsModule {
  constructor(sources: TimelineSources) {
    sources.register(...invitationTimelines);
  }
}
