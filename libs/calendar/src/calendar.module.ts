import { Global, Inject, Module, Optional } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { type Config, CONFIG } from '#config';
import { AvailabilityReader } from './availability.reader.js';
import { BookingMovesService } from './booking-moves.service.js';
import { BookingsService } from './bookings.service.js';
import { ClashesReader } from './clashes.reader.js';
import { useHomeTimeZones } from './home-time-zones.js';
import { OverridesTrail } from './overrides-trail.js';
import { TravelTime } from './travel-time.entity.js';
import { TravelTimesReader } from './travel-times.reader.js';
import { TravelTimesService } from './travel-times.service.js';

const shared = [BookingsService, BookingMovesService, AvailabilityReader, TravelTimesReader, TravelTimesService];

/** One calendar for every person and room, with one rule that the database itself enforces. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([TravelTime])],
  providers: [...shared, ClashesReader, OverridesTrail],
  exports: shared,
})
export class CalendarModule {
  constructor(@Optional() @Inject(CONFIG) config?: Config) {
    if (config) useHomeTimeZones(config.homeTimeZones);
  }
}
