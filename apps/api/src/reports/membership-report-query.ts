import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { MembershipReportRequest } from '#members';
import { demandQuery, type GivenQuery } from '../http/query-parameters.js';

/** The report asked for; without months, the twelve that end with the present one. */
export const MembershipReportQuery = createParamDecorator(
  (_: unknown, context: ExecutionContext): MembershipReportRequest =>
    parseMembershipReportQuery(context.switchToHttp().getRequest<FastifyRequest>().query as GivenQuery),
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

const PARAMETERS = {
  from: { takes: 'a month such as 2026-03', isRight: isMonth },
  to: { takes: 'a month such as 2026-03', isRight: isMonth },
  tierCode: { takes: 'the code of a tier', isRight: () => true },
};

/** Throws BadListRequest with an entry for each wrong parameter. */
export function parseMembershipReportQuery(query: GivenQuery, today = new Date()): MembershipReportRequest {
  demandQuery(query, PARAMETERS);
  const { from, to = today.toISOString().slice(0, 7), tierCode } = query as Partial<MembershipReportRequest>;
  return { from: from ?? monthsBefore(to, 11), to, tierCode };
}

function isMonth(value: string): boolean {
  return /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(value);
}

function monthsBefore(month: string, count: number): string {
  const day = new Date(`${month}-01T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - count);
  return day.toISOString().slice(0, 7);
}
