import { Module } from '@nestjs/common';
import { MembersModule } from '#members';
import { MissionPapersModule } from '#mission-papers';
import { BriefDealingsReader } from './brief-dealings.reader.js';
import { BriefEventsReader } from './brief-events.reader.js';
import { BriefsReader } from './briefs.reader.js';
import { HistoryReader } from './history.reader.js';
import { PartyFactsReader } from './party-facts.js';

const readers = [BriefsReader, HistoryReader];

/** What to know before meeting somebody, and all that was with them so far. */
@Module({
  imports: [MembersModule, MissionPapersModule],
  providers: [...readers, BriefDealingsReader, BriefEventsReader, PartyFactsReader],
  exports: readers,
})
export class BriefsModule {}
