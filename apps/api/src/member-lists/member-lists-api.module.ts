import { Module } from '@nestjs/common';
import { MemberListsModule } from '#member-lists';
import { ExportsController } from './exports.controller.js';

/** The directory as files over HTTP; files come in through imports. */
@Module({
  imports: [MemberListsModule],
  controllers: [ExportsController],
})
export class MemberListsApiModule {}
