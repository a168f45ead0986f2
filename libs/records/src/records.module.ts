import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventParts } from './event-parts.js';
import { RecordLinksReader } from './record-links.reader.js';
import { RecordsReader } from './records.reader.js';
import { SearchReader } from './search.reader.js';
import { Sector } from './sector.entity.js';
import { SectorsReader } from './sectors.reader.js';
import { SectorsService } from './sectors.service.js';
import { changeTimelines } from './timeline-changes.js';
import { TimelineSources } from './timeline-sources.js';
import { TimelinesReader } from './timelines.reader.js';

const FACE = [
  EventParts,
  RecordsReader,
  SearchReader,
  RecordLinksReader,
  SectorsService,
  SectorsReader,
  TimelineSources,
  TimelinesReader,
];

/** Everything others may point at, the search across it, its timelines, and the list of sectors. */
@Global()
@Module({ imports: [TypeOrmModule.forFeature([Sector])], providers: FACE, exports: FACE })
export class RecordsModule {
  constructor(sources: TimelineSources) {
    sources.register(...changeTimelines);
  }
}
