import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { type IdempotentCall, IdempotencyStore, type KeptAnswer } from '#access';
import { Database } from '#database';
import { Fault } from '#faults';
import { type AuthenticatedRequest, permissionOf } from './access.guard.js';

/** Printable ASCII, as every client can send it in a header. */
const KEY = /^[\x21-\x7e]{1,255}$/;
/** Headers that belong to the answer and come again with it. */
const REPLAYED = ['location', 'etag'];

const SECRETS = 'secret-fields';

/** Fields of the answer that are shown once: a replay comes without them, since they are kept nowhere. */
export const ShownOnce = (...fields: string[]) => SetMetadata(SECRETS, fields);

/** A POST that carries an Idempotency-Key runs in one transaction with the keeping of its answer. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly store: IdempotencyStore,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const key = request.headers['idempotency-key'];
    const permission = permissionOf(this.reflector, context.getHandler(), context.getClass());
    // Signing in makes nothing, and its answer must be kept nowhere.
    if (key === undefined || request.method !== 'POST' || permission === 'public') return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const secrets = this.reflector.get<string[] | undefined>(SECRETS, context.getHandler()) ?? [];
    return from(this.once(callOf(request, key), reply, next, secrets));
  }

  private async once(
    call: IdempotentCall,
    reply: FastifyReply,
    next: CallHandler,
    secrets: string[],
  ): Promise<unknown> {
    const { kept, answer } = await this.database.transaction(async () => {
      const kept = await this.store.find(call);
      if (kept) return { kept, answer: kept.body };
      const answer: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      const body = without(answer, secrets);
      await this.store.keep(call, { status: reply.statusCode, headers: replayedHeaders(reply), body });
      return { answer };
    });
    if (kept) replay(reply, kept);
    return answer;
  }
}

/** The answer as it may be kept. */
function without(answer: unknown, secrets: string[]): unknown {
  if (secrets.length === 0 || typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).filter(([field]) => !secrets.includes(field)));
}

function callOf(request: AuthenticatedRequest, key: string | string[]): IdempotentCall {
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new Fault('malformed', 'bad_idempotency_key', 'Idempotency-Key must be 1–255 printable ASCII characters.');
  }
  const requestHash = createHash('sha256')
    .update(`${request.url}\n${canonical(request.body)}`)
    .digest();
  return { principal: `${request.user?.kind}:${request.user?.id}`, key, requestHash };
}

/** The same for the same body, whatever the order of its properties. */
const canonical = (body: unknown): string =>
  JSON.stringify(body ?? null, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

const replayedHeaders = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(
    REPLAYED.filter((name) => reply.hasHeader(name)).map((name) => [name, String(reply.getHeader(name))]),
  );

function replay(reply: FastifyReply, kept: KeptAnswer): void {
  void reply.status(kept.status).headers(kept.headers).header('Idempotency-Replayed', 'true');
}
