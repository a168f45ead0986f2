import { Module } from '@nestjs/common';
import { TradeMissionsModule } from '#trade-missions';
import { DelegatesController } from './delegates.controller.js';
import { HostsController } from './hosts.controller.js';
import { ItineraryController } from './itinerary.controller.js';
import { MilestonesController } from './milestones.controller.js';
import { TradeMissionsController } from './trade-missions.controller.js';

/** Trade missions over HTTP. */
@Module({
  imports: [TradeMissionsModule],
  controllers: [
    TradeMissionsController,
    DelegatesController,
    MilestonesController,
    HostsController,
    ItineraryController,
  ],
})
export class TradeMissionsApiModule {}
