import { Module } from '@nestjs/common';
import { AgreementsModule } from '#agreements';
import { AgreementPartiesController } from './agreement-parties.controller.js';
import { AgreementSignatoriesController } from './agreement-signatories.controller.js';
import { AgreementsController } from './agreements.controller.js';

/** Agreements over HTTP. */
@Module({
  imports: [AgreementsModule],
  controllers: [AgreementsController, AgreementPartiesController, AgreementSignatoriesController],
})
export class AgreementsApiModule {}
