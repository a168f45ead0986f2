import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { QueryFailedError } from 'typeorm';
import { isOutOfConnections } from '#database';
import { Conflict, Fault, Invalid } from '#faults';
import { isPageAddress, sendErrorPage } from '../pages/error.page.js';
import { kindOfStatus, type Problem, PROBLEM_JSON, STATUS_OF } from './problem.js';

const logger = new Logger('Problem');

/** Turns whatever was thrown into problem+json; only what is our own fault becomes a 5xx, and is logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getResponse<FastifyReply>(), http.getRequest<FastifyRequest>(), thrown);
  }
}

/** Also used for what goes wrong before Nest sees the request, such as a body that is no JSON. */
export function sendProblem(reply: FastifyReply, request: FastifyRequest, thrown: unknown): void {
  const problem = toProblem(thrown, request.id);
  if (problem.status >= 500)
    logger.error(
      `${request.method} ${request.url} ${request.id}`,
      thrown instanceof Error ? thrown.stack : String(thrown),
    );
  if (reply.sent) return;
  if (problem.status === 308 && typeof problem.location === 'string') void reply.header('Location', problem.location);
  if (typeof problem.retryAfter === 'number') void reply.header('Retry-After', String(problem.retryAfter));
  if (problem.status === 401 && !reply.hasHeader('WWW-Authenticate')) void reply.header('WWW-Authenticate', 'Bearer');
  if (isPageAddress(request.url)) return sendErrorPage(reply, request, problem);
  void reply.status(problem.status).headers({ 'Content-Type': PROBLEM_JSON, 'X-Request-Id': request.id }).send(problem);
}

function toProblem(thrown: unknown, requestId: string): Problem {
  const fault = toFault(thrown);
  if (!fault) {
    const detail = 'Something went wrong on our side; the request id helps to find it in the log.';
    return {
      type: 'about:blank',
      title: 'Internal error',
      status: 500,
      detail,
      code: 'internal_error',
      requestId,
      errors: [],
    };
  }
  const [status, title] = STATUS_OF[fault.kind];
  // A thing's own status would hide the answer's.
  const { status: currentStatus, ...extensions } = fault.extensions;
  return {
    ...extensions,
    ...(currentStatus !== undefined && { currentStatus }),
    type: `urn:chamberlain:problem:${fault.code}`,
    title,
    status,
    detail: fault.message,
    code: fault.code,
    requestId,
    errors: fault.errors,
  };
}

function toFault(thrown: unknown): Fault | undefined {
  if (thrown instanceof Fault) return thrown;
  if (isOutOfConnections(thrown)) return overloaded();
  if (thrown instanceof QueryFailedError)
    return refusedByDatabase(thrown.driverError as { code?: string; constraint?: string });
  const status =
    thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: number } | null)?.statusCode;
  if (status === undefined || status >= 500 || status < 400) return undefined;
  const { code, message } = thrown as { code?: unknown; message: string };
  const kind = kindOfStatus(status);
  return new Fault(kind, typeof code === 'string' ? code.toLowerCase() : kind, message);
}

/** Whoever waited in vain for a connection to the database may come again. */
const overloaded = (): Fault =>
  new Fault(
    'unavailable',
    'overloaded',
    'More is being asked than can be answered just now; try again in a moment.',
    [],
    {
      retryAfter: 5,
    },
  );

/** The last line of defence: a rule only the database saw, under a race or for want of a check before it. */
function refusedByDatabase({ code = '', constraint = '' }: { code?: string; constraint?: string }): Fault | undefined {
  if (code === '23505' || code === '23P01')
    return new Conflict('already_exists', `Something like this exists already (${constraint}).`);
  if (code === '23503') return Invalid.field('', 'unknown_reference', `A reference points at nothing (${constraint}).`);
  if (code === '23514') return Invalid.field('', 'rule_broken', `The database refuses this (${constraint}).`);
  if (code.startsWith('22'))
    return Invalid.field('', 'value_out_of_range', 'A value is outside of what can be stored.');
  return undefined;
}
