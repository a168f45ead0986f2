import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import { inScope, type Actor } from '#database';
import type { AuthenticatedRequest } from './access.guard.js';

/** Somebody who did not sign in may still answer an invitation; the audit trail says so. */
const GUEST: Actor = { kind: 'system', id: null, name: 'guest', role: 'viewer' };

/** Lets services know who acts and under which request id, without passing it along. */
@Injectable()
export class RequestScopeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const scope = { actor: request.user ?? GUEST, requestId: request.id };
    return new Observable((subscriber) => inScope(scope, () => next.handle().subscribe(subscriber)));
  }
}
