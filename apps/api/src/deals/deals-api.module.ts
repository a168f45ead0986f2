import { Module } from '@nestjs/common';
import { DealsModule } from '#deals';
import { DealPartiesController } from './deal-parties.controller.js';
import { DealsController } from './deals.controller.js';
import { InstrumentsController } from './instruments.controller.js';
import { StageChangesController } from './stage-changes.controller.js';
import { TouchpointsController } from './touchpoints.controller.js';

/** Deals over HTTP. */
@Module({
  imports: [DealsModule],
  controllers: [
    DealsController,
    StageChangesController,
    DealPartiesController,
    InstrumentsController,
    TouchpointsController,
  ],
})
export class DealsApiModule {}
