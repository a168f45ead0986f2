import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, defer, from, mergeMap, type Observable, of, throwError } from 'rxjs';
import { Fault, NotFound } from '#faults';
import { MergesReader } from '#merges';

/** The record lives on under another id (RFC 9110 §15.4.9: the method and the body stay). */
class MergedAway extends Fault {
  constructor(keptId: string, location: string) {
    super('moved', 'merged', `This record was merged into ${keptId}.`, [], { keptId, location });
  }
}

const ONE_RECORD =
  /^(\/v1\/(?:people|organizations)\/)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\/[^?]*)?(\?.*)?$/i;

/**
 * Leads from the id of a merged record to the kept one, whatever was asked of it. A record itself is looked up only once
 * it turned out to be missing or archived; what lies below it before, for a list of nothing would look like an answer.
 */
@Injectable()
export class MergedRedirectInterceptor implements NestInterceptor {
  constructor(private readonly merges: MergesReader) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { url } = context.switchToHttp().getRequest<FastifyRequest>();
    const [, path, id, below = '', query = ''] = ONE_RECORD.exec(url) ?? [];
    if (!path || !id) return next.handle();
    const demandHere = (): Promise<void> => this.demandHere(id, (keptId) => `${path}${keptId}${below}${query}`);
    if (below !== '') return defer(demandHere).pipe(mergeMap(() => next.handle()));
    return next.handle().pipe(
      mergeMap((answer: unknown) => (isArchived(answer) ? from(demandHere().then(() => answer)) : of(answer))),
      catchError((error: unknown) =>
        error instanceof NotFound
          ? from(demandHere()).pipe(mergeMap(() => throwError(() => error)))
          : throwError(() => error),
      ),
    );
  }

  private async demandHere(id: string, location: (keptId: string) => string): Promise<void> {
    const keptId = (await this.merges.targets([id])).get(id.toLowerCase());
    if (keptId) throw new MergedAway(keptId, location(keptId));
  }
}

const isArchived = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'archivedAt' in answer && Boolean(answer.archivedAt);
