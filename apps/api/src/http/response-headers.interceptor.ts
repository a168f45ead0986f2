import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

const COLLECTION = 'collection';

/** The handler makes something that is then found under `collection`/{id}; sets Location. */
export const CreatesIn = (collection: string) => SetMetadata(COLLECTION, collection);

/** Sets ETag from the answer's version (RFC 9110 §8.8.3) and Location for what was made. */
@Injectable()
export class ResponseHeadersInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const collection = this.reflector.get<string | undefined>(COLLECTION, context.getHandler());
    return next.handle().pipe(
      map((answer: unknown) => {
        const { id, version } = (answer ?? {}) as { id?: string; version?: number };
        if (typeof version === 'number') void reply.header('ETag', `"${version}"`);
        if (collection && id) void reply.header('Location', `${collection}/${id}`);
        return answer;
      }),
    );
  }
}
