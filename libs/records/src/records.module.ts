import { Global, Module } from '@nestjs/common';
import { RecordLinksReader } from './record-links.reader.js';
import { RecordsReader } from './records.reader.js';
import { SearchReader } from './search.reader.js';

/** Everything others may point at, and the search across it. */
@Global()
@Module({
  providers: [RecordsReader, SearchReader, RecordLinksReader],
  exports: [RecordsReader, SearchReader, RecordLinksReader],
})
export class RecordsModule {}
