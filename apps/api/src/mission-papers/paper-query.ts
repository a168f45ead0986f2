import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { BadListRequest } from '#database';
import { type Paper, PAPERS, PDF_LANGUAGES, type PdfLanguage } from '#documents';
import { isUuid } from '../http/parameters.js';

/** How a paper is wanted. */
export interface PaperRequest {
  language?: PdfLanguage;
  paper?: Paper;
  /** Whose copy. */
  delegateId?: string;
}

/** What the query of a paper asks for; `delegateId` only where the paper has copies. */
export const PaperQuery = createParamDecorator(
  (copies: 'copies' | undefined, context: ExecutionContext): PaperRequest =>
    parsePaperQuery(context.switchToHttp().getRequest<FastifyRequest>().query as Query, copies === 'copies'),
);

/** Documents language and paper. */
export const TakesPaperQuery = (unlessGiven: string) =>
  applyDecorators(
    ApiQuery({ name: 'language', required: false, enum: PDF_LANGUAGES, description: `Unless given: ${unlessGiven}` }),
    ApiQuery({ name: 'paper', required: false, enum: PAPERS, description: 'Unless given: a4' }),
  );

type Query = Record<string, unknown>;

const ALLOWED: Record<string, { takes: string; isRight: (value: string) => boolean }> = {
  language: {
    takes: PDF_LANGUAGES.join(', '),
    isRight: (value) => (PDF_LANGUAGES as readonly string[]).includes(value),
  },
  paper: { takes: PAPERS.join(', '), isRight: (value) => (PAPERS as readonly string[]).includes(value) },
  delegateId: { takes: 'the id of a delegate', isRight: isUuid },
};

/** Throws BadListRequest with an entry for each wrong parameter. */
export function parsePaperQuery(query: Query, hasCopies: boolean): PaperRequest {
  const allowed = Object.keys(ALLOWED).filter((name) => hasCopies || name !== 'delegateId');
  const faults = Object.entries(query).flatMap(([name, value]) => faultOf(name, value, allowed));
  if (faults.length > 0) throw new BadListRequest(faults.flatMap(({ errors }) => errors));
  const request = query as PaperRequest;
  return { ...request, ...(request.delegateId && { delegateId: request.delegateId.toLowerCase() }) };
}

function faultOf(name: string, value: unknown, allowed: string[]): BadListRequest[] {
  if (!allowed.includes(name)) {
    const message = `"${name}" is no parameter here; allowed: ${allowed.join(', ')}.`;
    return [BadListRequest.parameter(name, 'unknown_parameter', message)];
  }
  const { takes = '', isRight } = ALLOWED[name] ?? {};
  if (typeof value === 'string' && isRight?.(value)) return [];
  return [BadListRequest.parameter(name, 'bad_value', `${name} may be given once and takes ${takes}.`)];
}
