export { type AnsweredInvitation, InvitationAnswers } from './invitation-answers.js';
export type { InvitationStatus } from './invitation.entity.js';
export { type InvitationPage, type InvitationRow, invitationsList, InvitationsReader } from './invitations.reader.js';
export type { InvitationRound, Invitee } from './invitation-round.js';
export { type InvitationAnswer, InvitationResponsesService } from './invitation-responses.service.js';
export { type InvitationResult, InvitationsService } from './invitations.service.js';
export { InvitationsModule } from './invitations.module.js';
