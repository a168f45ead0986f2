import { Module } from '@nestjs/common';
import { CalendarModule } from '#calendar';
import { ConferencesModule } from '#conferences';
import { MessagingModule } from '#messaging';
import { AvailabilityController } from '../calendar/availability.controller.js';
import { TravelTimesController } from '../calendar/travel-times.controller.js';
import { AgendaFeedController } from './agenda-feed.controller.js';
import { ConferencesController } from './conferences.controller.js';
import { RegistrationsController } from './registrations.controller.js';
import { RoomsController } from './rooms.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SpeakersController } from './speakers.controller.js';

/** Conferences and the calendar over HTTP. */
@Module({
  imports: [CalendarModule, ConferencesModule, MessagingModule],
  controllers: [
    ConferencesController,
    RoomsController,
    SessionsController,
    SpeakersController,
    RegistrationsController,
    AvailabilityController,
    TravelTimesController,
    AgendaFeedController,
  ],
})
export class ConferencesApiModule {}
