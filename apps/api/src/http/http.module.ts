import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { PermissionCheck } from './permission-check.js';
import { ProblemFilter } from './problem.filter.js';
import { RequestScopeInterceptor } from './request-scope.interceptor.js';
import { ResponseHeadersInterceptor } from './response-headers.interceptor.js';
import { validationPipe } from './validation.js';

/** What every route goes through, in this order: guard, scope, idempotency, headers, validation, handler; the filter catches all. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    PermissionCheck,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: RequestScopeInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: ResponseHeadersInterceptor },
    { provide: APP_PIPE, useFactory: validationPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class HttpModule {}
