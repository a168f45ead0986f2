import { Module } from '@nestjs/common';
import { DealsModule } from '#deals';
import { AgreementPartiesController } from './agreement-parties.controller.js';
import { AgreementSignatoriesController } from './agreement-signatories.controller.js';
import { AgreementsController } from './agreements.controller.js';
import { DealPartiesController } from './deal-parties.controller.js';
import { DealsController } from './deals.controller.js';
import { InstrumentsController } from './instruments.controller.js';
import { StageChangesController } from './stage-changes.controller.js';
import { TouchpointsController } from './touchpoints.controller.js';

/** Deals and agreements over HTTP. */
@Module({
  imports: [DealsModule],
  controllers: [
    DealsController,
    StageChangesController,
    DealPartiesController,
    InstrumentsController,
    TouchpointsController,
    AgreementsController,
    AgreementPartiesController,
    AgreementSignatoriesController,
  ],
})
export class DealsApiModule {}
