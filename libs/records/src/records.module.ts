import { Global, Module } from '@nestjs/common';
import { RecordsReader } from './records.reader.js';
import { SearchReader } from './search.reader.js';

/** Everything others may point at, and the search across it. */
@Global()
@Module({ providers: [RecordsReader, SearchReader], exports: [RecordsReader, SearchReader] })
export class RecordsModule {}
