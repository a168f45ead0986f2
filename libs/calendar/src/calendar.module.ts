import { Global, Module } from '@nestjs/common';
import { AvailabilityReader } from './availability.reader.js';
import { BookingMovesService } from './booking-moves.service.js';
import { BookingsService } from './bookings.service.js';

/** One calendar for every person and room, with one rule that the database itself enforces. */
@Global()
@Module({
  providers: [BookingsService, BookingMovesService, AvailabilityReader],
  exports: [BookingsService, BookingMovesService, AvailabilityReader],
})
export class CalendarModule {}
