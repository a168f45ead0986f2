import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarModule } from '#calendar';
import { MembersModule } from '#members';
import { EventGuests, InvitationAnswers, InvitationsModule } from '#invitations';
import { EventParts, TimelineSources } from '#records';
import { RemindersModule, ReminderSources } from '#reminders';
import { AgendaFeedsReader } from './agenda-feeds.reader.js';
import { AgendaReader } from './agenda.reader.js';
import { Conference } from './conference.entity.js';
import { ConferencePeople } from './conference-people.js';
import { ConferencePlaces } from './conference-places.js';
import { ConferencePlans } from './conference-plans.js';
import { ConferenceReminders } from './conference-reminders.js';
import { ConferenceSessions } from './conference-sessions.js';
import { ConferencesReader } from './conferences.reader.js';
import { ConferencesService } from './conferences.service.js';
import { Registration } from './registration.entity.js';
import { RegistrationMails } from './registration-mails.js';
import { RegistrationPlans } from './registration-plans.js';
import { RegistrationsReader } from './registrations.reader.js';
import { RegistrationsService } from './registrations.service.js';
import { Room } from './room.entity.js';
import { RoomsReader } from './rooms.reader.js';
import { RoomsService } from './rooms.service.js';
import { Session } from './session.entity.js';
import { SessionBookings } from './session-bookings.js';
import { SessionsReader } from './sessions.reader.js';
import { SessionsService } from './sessions.service.js';
import { SpeakerAnswers } from './speaker-answers.js';
import { Speaker } from './speaker.entity.js';
import { SpeakersReader } from './speakers.reader.js';
import { SpeakersService } from './speakers.service.js';
import { conferenceTimelines } from './conferences.timeline.js';

const services = [ConferencesService, RoomsService, SessionsService, SpeakersService, RegistrationsService];
const inner = [
  ConferenceSessions,
  ConferencePeople,
  ConferencePlaces,
  ConferencePlans,
  ConferenceReminders,
  RegistrationMails,
  RegistrationPlans,
  SessionBookings,
  SpeakerAnswers,
];
const readers = [
  ConferencesReader,
  RoomsReader,
  SessionsReader,
  SpeakersReader,
  RegistrationsReader,
  AgendaReader,
  AgendaFeedsReader,
];

/** Conferences, their rooms, sessions, speakers and agenda. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Conference, Room, Session, Speaker, Registration]),
    CalendarModule,
    MembersModule,
    RemindersModule,
    InvitationsModule,
  ],
  providers: [...services, ...readers, ...inner],
  exports: [...services, ...readers],
})
export class ConferencesModule {
  constructor(
    timelines: TimelineSources,
    answers: InvitationAnswers,
    registrations: RegistrationsService,
    speakers: SpeakerAnswers,
    sources: ReminderSources,
    reminders: ConferenceReminders,
    guests: EventGuests,
    people: ConferencePeople,
    parts: EventParts,
  ) {
    timelines.register(...conferenceTimelines);
    parts.register('SELECT conference_id AS whole, id AS part FROM conference_sessions');
    answers.listen(
      'conference',
      (answer) => registrations.follow(answer),
      (withdrawn) => registrations.followWithdrawal(withdrawn),
    );
    answers.listen(
      'session',
      (answer) => speakers.follow(answer),
      (withdrawn) => speakers.followWithdrawal(withdrawn),
    );
    guests.register('conference', (ids) => people.guestsOf(ids));
    guests.register('session', (ids) => people.speakersIn(ids));
    sources.register(reminders.source('conference'), reminders.source('session'));
  }
}
