import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { HistoryRequest } from '#briefs';
import { BadListRequest, isCalendarDate } from '#database';

/** Entries of one answer. */
const USUAL = 500;
const MOST = 2000;

/** Which part of a history is asked for. */
export const HistoryQuery = createParamDecorator((_: unknown, context: ExecutionContext): HistoryRequest =>
  parseHistoryQuery(context.switchToHttp().getRequest<FastifyRequest>().query as Query),
);

/** Documents the parameters of a history. */
export const TakesHistoryQuery = () =>
  applyDecorators(
    ApiQuery({ name: 'from', required: false, description: 'First day, in UTC', example: '2025-01-01' }),
    ApiQuery({ name: 'to', required: false, description: 'Last day, included, in UTC', example: '2026-12-31' }),
    ApiQuery({
      name: 'limit',
      required: false,
      description: 'Entries of one answer',
      schema: { type: 'integer', minimum: 1, maximum: MOST, default: USUAL },
    }),
    ApiQuery({
      name: 'cursor',
      required: false,
      description: '`page.nextCursor` of an earlier answer to the same question: what comes after its last entry',
    }),
  );

type Query = Record<string, unknown>;

const TAKES: Record<string, { takes: string; isRight: (value: string) => boolean }> = {
  from: { takes: 'a day such as 2025-01-01', isRight: isDay },
  to: { takes: 'a day such as 2026-12-31', isRight: isDay },
  limit: { takes: `1 to ${MOST}`, isRight: (value) => /^[1-9]\d{0,3}$/.test(value) && Number(value) <= MOST },
  cursor: { takes: 'the nextCursor of an earlier answer', isRight: (value) => value !== '' && !value.includes('\0') },
};

/** Days of four figures that are after the year 0. */
function isDay(value: string): boolean {
  return /^(?!0000)\d{4}-\d\d-\d\d$/.test(value) && isCalendarDate(value);
}

/** Throws BadListRequest with an entry for each wrong parameter. */
export function parseHistoryQuery(query: Query): HistoryRequest {
  const faults = Object.entries(query).flatMap(([name, value]) => faultOf(name, value));
  if (faults.length > 0) throw new BadListRequest(faults.flatMap(({ errors }) => errors));
  const { from, to, limit, cursor } = query as Partial<Record<string, string>>;
  if (from !== undefined && to !== undefined && from > to)
    throw BadListRequest.parameter('to', 'bad_value', 'to must not be before from.');
  return { from, to, cursor, limit: limit === undefined ? USUAL : Number(limit) };
}

function faultOf(name: string, value: unknown): BadListRequest[] {
  const known = Object.hasOwn(TAKES, name) ? TAKES[name] : undefined;
  if (!known) {
    const message = `"${name}" is no parameter here; allowed: ${Object.keys(TAKES).join(', ')}.`;
    return [BadListRequest.parameter(name, 'unknown_parameter', message)];
  }
  if (typeof value === 'string' && known.isRight(value)) return [];
  return [BadListRequest.parameter(name, 'bad_value', `${name} may be given once and takes ${known.takes}.`)];
}
