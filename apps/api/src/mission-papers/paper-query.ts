import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Paper, PAPERS, PDF_LANGUAGES, type PdfLanguage } from '#documents';
import { isUuid } from '../http/parameters.js';
import { demandQuery, type GivenQuery, oneOf } from '../http/query-parameters.js';

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
    parsePaperQuery(context.switchToHttp().getRequest<FastifyRequest>().query as GivenQuery, copies === 'copies'),
);

/** Documents language and paper. */
export const TakesPaperQuery = (unlessGiven: string) =>
  applyDecorators(
    ApiQuery({ name: 'language', required: false, enum: PDF_LANGUAGES, description: `Unless given: ${unlessGiven}` }),
    ApiQuery({ name: 'paper', required: false, enum: PAPERS, description: 'Unless given: a4' }),
  );

const PARAMETERS = { language: oneOf(PDF_LANGUAGES), paper: oneOf(PAPERS) };
const COPIES = { delegateId: { takes: 'the id of a delegate', isRight: isUuid } };

/** Throws BadListRequest with an entry for each wrong parameter. */
export function parsePaperQuery(query: GivenQuery, hasCopies: boolean): PaperRequest {
  demandQuery(query, { ...PARAMETERS, ...(hasCopies && COPIES) });
  const request = query as PaperRequest;
  return { ...request, ...(request.delegateId && { delegateId: request.delegateId.toLowerCase() }) };
}
