import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { BadListRequest } from '#database';
import type { MembershipReportRequest } from '#members';

const ALLOWED = ['from', 'to', 'tierCode'];
const MONTH = /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/;

/** The report asked for; without months, the twelve that end with the present one. */
export const MembershipReportQuery = createParamDecorator(
  (_: unknown, context: ExecutionContext): MembershipReportRequest =>
    parseMembershipReportQuery(context.switchToHttp().getRequest<FastifyRequest>().query as Query),
);

/** Documents the parameters of the report. */
export const TakesMembershipReportQuery = () =>
  applyDecorators(
    ApiQuery({
      name: 'from',
      required: false,
      description: 'First month; eleven months before `to` unless given',
      example: '2026-01',
    }),
    ApiQuery({
      name: 'to',
      required: false,
      description: 'Last month, included, at most 60 months in all; the present one (UTC) unless given',
      example: '2026-12',
    }),
    ApiQuery({ name: 'tierCode', required: false, description: 'One tier only', example: 'gold' }),
  );

type Query = Record<string, unknown>;

/** Throws BadListRequest with an entry for each wrong parameter. */
export function parseMembershipReportQuery(query: Query, today = new Date()): MembershipReportRequest {
  const faults = Object.entries(query).flatMap(([name, value]) => faultOf(name, value));
  if (faults.length > 0) throw new BadListRequest(faults.flatMap(({ errors }) => errors));
  const { from, to = today.toISOString().slice(0, 7), tierCode } = query as Partial<MembershipReportRequest>;
  return { from: from ?? monthsBefore(to, 11), to, tierCode };
}

function faultOf(name: string, value: unknown): BadListRequest[] {
  if (!ALLOWED.includes(name))
    return [
      BadListRequest.parameter(
        name,
        'unknown_parameter',
        `"${name}" is no parameter here; allowed: ${ALLOWED.join(', ')}.`,
      ),
    ];
  if (typeof value !== 'string' || value.includes('\0'))
    return [BadListRequest.parameter(name, 'bad_value', `${name} may be given once, as text.`)];
  if (name === 'tierCode' || MONTH.test(value)) return [];
  return [BadListRequest.parameter(name, 'bad_value', `${name} takes a month such as 2026-03.`)];
}

function monthsBefore(month: string, count: number): string {
  const day = new Date(`${month}-01T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - count);
  return day.toISOString().slice(0, 7);
}
