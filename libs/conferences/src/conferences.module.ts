import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarModule } from '#calendar';
import { MembersModule } from '#members';
import { MessagingModule } from '#messaging';
import { AgendaReader } from './agenda.reader.js';
import { Conference } from './conference.entity.js';
import { ConferenceSessions } from './conference-sessions.js';
import { ConferencesReader } from './conferences.reader.js';
import { ConferencesService } from './conferences.service.js';
import { Room } from './room.entity.js';
import { RoomsReader } from './rooms.reader.js';
import { RoomsService } from './rooms.service.js';
import { Session } from './session.entity.js';
import { SessionBookings } from './session-bookings.js';
import { SessionsReader } from './sessions.reader.js';
import { SessionsService } from './sessions.service.js';
import { Speaker } from './speaker.entity.js';
import { SpeakersReader } from './speakers.reader.js';
import { SpeakersService } from './speakers.service.js';

const services = [ConferencesService, RoomsService, SessionsService, SpeakersService];
const readers = [ConferencesReader, RoomsReader, SessionsReader, SpeakersReader, AgendaReader];

/** Conferences, their rooms, sessions, speakers and agenda. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Conference, Room, Session, Speaker]),
    CalendarModule,
    MembersModule,
    MessagingModule,
  ],
  providers: [...services, ...readers, ConferenceSessions, SessionBookings],
  exports: [...services, ...readers],
})
export class ConferencesModule {}
