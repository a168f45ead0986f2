import { Module } from '@nestjs/common';

/** What to know before meeting somebody, and all that was with them so far. */
@Module({})
export class BriefsModule {}
