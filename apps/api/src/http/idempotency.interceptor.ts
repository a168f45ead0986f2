import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { type IdempotentCall, IdempotencyStore, type KeptAnswer } from '#access';
import { Database } from '#database';
import { Fault } from '#faults';
import type { AuthenticatedRequest } from './access.guard.js';

/** Printable ASCII, as every client can send it in a header. */
const KEY = /^[\x21-\x7e]{1,255}$/;
/** Headers that belong to the answer and come again with it. */
const REPLAYED = ['location', 'etag'];

/** A POST that carries an Idempotency-Key runs in one transaction with the keeping of its answer. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly store: IdempotencyStore,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || request.method !== 'POST' || !request.user) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(this.once(callOf(request, key), reply, next));
  }

  private async once(call: IdempotentCall, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    const { kept, answer } = await this.database.transaction(async () => {
      const kept = await this.store.find(call);
      if (kept) return { kept, answer: kept.body };
      const answer: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await this.store.keep(call, { status: reply.statusCode, headers: replayedHeaders(reply), body: answer });
      return { answer };
    });
    if (kept) replay(reply, kept);
    return answer;
  }
}

function callOf(request: AuthenticatedRequest, key: string | string[]): IdempotentCall {
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new Fault('malformed', 'bad_idempotency_key', 'Idempotency-Key must be 1–255 printable ASCII characters.');
  }
  const requestHash = createHash('sha256')
    .update(`${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest();
  return { principal: `${request.user?.kind}:${request.user?.id}`, key, requestHash };
}

const replayedHeaders = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(
    REPLAYED.filter((name) => reply.hasHeader(name)).map((name) => [name, String(reply.getHeader(name))]),
  );

function replay(reply: FastifyReply, kept: KeptAnswer): void {
  void reply.status(kept.status).headers(kept.headers).header('Idempotency-Replayed', 'true');
}
