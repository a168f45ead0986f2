import { Module } from '@nestjs/common';
import { CalendarModule } from '#calendar';
import { MembersModule } from '#members';
import { DuplicatesReader } from './duplicates.reader.js';
import { DuplicatesService } from './duplicates.service.js';
import { MergeGroups } from './merge-groups.js';
import { MergeRevertsService } from './merge-reverts.service.js';
import { MergeSchema } from './merge-schema.js';
import { MergesReader } from './merges.reader.js';
import { MergesService } from './merges.service.js';

const face = [MergesService, MergeRevertsService, MergesReader, DuplicatesService, DuplicatesReader];

/** Who may be in the directory twice, and making one record of several. */
@Module({
  imports: [CalendarModule, MembersModule],
  providers: [...face, MergeSchema, MergeGroups],
  exports: face,
})
export class MergesModule {}
