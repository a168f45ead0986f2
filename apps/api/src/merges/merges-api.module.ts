import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { MergesModule } from '#merges';
import { DuplicatesController } from './duplicates.controller.js';
import { MergedRedirectInterceptor } from './merged-redirect.interceptor.js';
import { MergesController } from './merges.controller.js';

/** Duplicates and merges over HTTP; an id that was merged away leads on to the one kept, whatever the route. */
@Module({
  imports: [MergesModule],
  controllers: [MergesController, DuplicatesController],
  providers: [{ provide: APP_INTERCEPTOR, useClass: MergedRedirectInterceptor }],
})
export class MergesApiModule {}
