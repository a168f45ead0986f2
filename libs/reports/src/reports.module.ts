import { Module } from '@nestjs/common';

/** What came of events, where deals stand, and what is to be done, in figures. */
@Module({})
export class ReportsModule {}
