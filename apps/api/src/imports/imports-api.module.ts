import { Module } from '@nestjs/common';
import { ImportsModule } from '#imports';
import { ImportsController } from './imports.controller.js';

/** Imports over HTTP; what a row means comes from the features. */
@Module({
  imports: [ImportsModule],
  controllers: [ImportsController],
})
export class ImportsApiModule {}
