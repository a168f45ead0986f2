import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '#access';
import { TimelineSources } from '#records';
import { DealPartiesReader } from './deal-parties.reader.js';
import { DealPartiesService } from './deal-parties.service.js';
import { DealParty } from './deal-party.entity.js';
import { DealStallTasks } from './deal-stall-tasks.js';
import { DealStallsPlanner } from './deal-stalls.planner.js';
import { DealStallsReader } from './deal-stalls.reader.js';
import { DealTouches } from './deal-touches.js';
import { Deal } from './deal.entity.js';
import { DealsReader } from './deals.reader.js';
import { DealsService } from './deals.service.js';
import { dealTimelines } from './deals.timeline.js';
import { Instrument } from './instrument.entity.js';
import { InstrumentsReader } from './instruments.reader.js';
import { InstrumentsService } from './instruments.service.js';
import { LockedDeals } from './locked-deals.js';
import { StageChangesReader } from './stage-changes.reader.js';
import { StageChangesService } from './stage-changes.service.js';
import { StageHistory } from './stage-history.js';
import { Touchpoint } from './touchpoint.entity.js';
import { TouchpointsReader } from './touchpoints.reader.js';
import { TouchpointsService } from './touchpoints.service.js';

const services = [DealsService, StageChangesService, DealPartiesService, InstrumentsService, TouchpointsService];
const readers = [DealsReader, StageChangesReader, DealPartiesReader, InstrumentsReader, TouchpointsReader];
/** What the services share. */
const inner = [LockedDeals, StageHistory, DealStallsReader, DealStallTasks];
/** For programs and features to the right. */
const outer = [DealStallsPlanner, DealTouches];

/** Deals, from handshake to contract, with the evidence. */
@Module({
  imports: [TypeOrmModule.forFeature([Deal, DealParty, Instrument, Touchpoint]), AccessModule],
  providers: [...services, ...readers, ...inner, ...outer],
  exports: [...services, ...readers, ...outer],
})
export class DealsModule {
  constructor(timelines: TimelineSources) {
    timelines.register(...dealTimelines);
  }
}
