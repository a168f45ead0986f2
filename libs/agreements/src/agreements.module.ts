import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '#access';
import { DealsModule, DealTouches } from '#deals';
import { TimelineSources } from '#records';
import { TasksModule } from '#tasks';
import { AgreementDrafts } from './agreement-drafts.js';
import { AgreementExpiries } from './agreement-expiries.js';
import { AgreementLinksStore } from './agreement-links.store.js';
import { AgreementPartiesReader } from './agreement-parties.reader.js';
import { AgreementPartiesService } from './agreement-parties.service.js';
import { Agreement } from './agreement.entity.js';
import { AgreementsReader } from './agreements.reader.js';
import { AgreementsService } from './agreements.service.js';
import { agreementTimelines } from './agreements.timeline.js';
import { agreementTouches } from './agreement-touches.js';
import { LockedAgreements } from './locked-agreements.js';

const shared = [AgreementsService, AgreementPartiesService, AgreementsReader, AgreementPartiesReader];
const parts = [LockedAgreements, AgreementDrafts, AgreementLinksStore, AgreementExpiries];

/** What was agreed in writing, by whom and until when; on its way to a deal or without one. */
@Module({
  imports: [TypeOrmModule.forFeature([Agreement]), AccessModule, TasksModule, DealsModule],
  providers: [...shared, ...parts],
  exports: shared,
})
export class AgreementsModule {
  constructor(timelines: TimelineSources, touches: DealTouches) {
    timelines.register(...agreementTimelines);
    for (const source of agreementTouches) touches.register(source);
  }
}
