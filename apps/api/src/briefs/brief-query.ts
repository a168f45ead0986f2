import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type BriefOptions, type BriefRequest, isStaleAfter, USUAL_STALE_AFTER } from '#briefs';
import { BadListRequest } from '#database';
import { PAPERS, PDF_LANGUAGES } from '#documents';

/** Whose brief it is, and whether it is printed: what its query may ask for depends on both. */
export interface BriefForm {
  of: 'organization' | 'person';
  printed?: boolean;
}

/** What the query of a brief asks for. */
export const BriefQuery = createParamDecorator(
  (form: BriefForm, context: ExecutionContext): BriefRequest & BriefOptions =>
    parseBriefQuery(context.switchToHttp().getRequest<FastifyRequest>().query as Query, form),
);

/** Documents the parameters of a brief. */
export const TakesBriefQuery = ({ of, printed }: BriefForm) =>
  applyDecorators(
    ApiQuery({
      name: 'staleAfter',
      required: false,
      description: `How long without contact is too long: an ISO 8601 duration of days, weeks, months or years, P0D to P10Y; ${USUAL_STALE_AFTER} unless given`,
      example: 'P90D',
    }),
    ...(of === 'organization'
      ? [
          ApiQuery({
            name: 'subsidiaries',
            required: false,
            enum: ['true', 'false'],
            description: 'Whether what is known of its subsidiaries counts too; true unless given',
          }),
        ]
      : []),
    ...(printed
      ? [
          ApiQuery({
            name: 'language',
            required: false,
            enum: PDF_LANGUAGES,
            description: 'Of headings; en unless given',
          }),
          ApiQuery({ name: 'paper', required: false, enum: PAPERS, description: 'Unless given: a4' }),
        ]
      : []),
  );

type Query = Record<string, unknown>;

const TAKES: Record<string, { takes: string; isRight: (value: string) => boolean }> = {
  staleAfter: { takes: 'an ISO 8601 duration of whole days from P0D to P10Y, such as P90D', isRight: isStaleAfter },
  subsidiaries: { takes: 'true or false', isRight: (value) => value === 'true' || value === 'false' },
  language: { takes: PDF_LANGUAGES.join(', '), isRight: (value) => PDF_LANGUAGES.some((known) => known === value) },
  paper: { takes: PAPERS.join(', '), isRight: (value) => PAPERS.some((known) => known === value) },
};

/** Throws BadListRequest with an entry for each wrong parameter. */
export function parseBriefQuery(query: Query, { of, printed }: BriefForm): BriefRequest & BriefOptions {
  const allowed = [
    'staleAfter',
    ...(of === 'organization' ? ['subsidiaries'] : []),
    ...(printed ? ['language', 'paper'] : []),
  ];
  const faults = Object.entries(query).flatMap(([name, value]) => faultOf(name, value, allowed));
  if (faults.length > 0) throw new BadListRequest(faults.flatMap(({ errors }) => errors));
  const { subsidiaries, ...rest } = query;
  return { ...rest, ...(subsidiaries !== undefined && { subsidiaries: subsidiaries === 'true' }) };
}

function faultOf(name: string, value: unknown, allowed: string[]): BadListRequest[] {
  if (!allowed.includes(name)) {
    const message = `"${name}" is no parameter here; allowed: ${allowed.join(', ')}.`;
    return [BadListRequest.parameter(name, 'unknown_parameter', message)];
  }
  const { takes = '', isRight } = TAKES[name] ?? {};
  if (typeof value === 'string' && isRight?.(value)) return [];
  return [BadListRequest.parameter(name, 'bad_value', `${name} may be given once and takes ${takes}.`)];
}
