import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { isISO4217CurrencyCode } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { BadListRequest } from '#database';
import type { Rates } from '#reports';
import { demandQuery, type GivenQuery, type QueryParameter } from '../http/query-parameters.js';

/** The rates asked for, where a report takes nothing else; undefined without `currency`. */
export const RatesQuery = createParamDecorator((_: unknown, context: ExecutionContext): Rates | undefined => {
  const query = context.switchToHttp().getRequest<FastifyRequest>().query as GivenQuery;
  demandQuery(query, RATE_PARAMETERS);
  return ratesOf(query);
});

/** Documents the parameters that convert. */
export const TakesRates = () =>
  applyDecorators(
    ApiQuery({
      name: 'currency',
      required: false,
      description: 'ISO 4217: also adds up, in this currency, what `rates` convert; money is never added otherwise',
      example: 'USD',
    }),
    ApiQuery({
      name: 'rates',
      required: false,
      description:
        'What one unit of other currencies is worth in `currency`, comma-separated; whatever has no rate is named in notConverted',
      example: 'AZN:0.5882,EUR:1.08',
    }),
  );

const PAIR = /^([^:]*):(\d{1,9}(?:\.\d{1,12})?)$/;
const MOST = 50;

const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code) && isISO4217CurrencyCode(code);

/** For `demandQuery`; what it cannot see, `ratesOf` does. */
export const RATE_PARAMETERS: Record<string, QueryParameter> = {
  currency: { takes: 'an ISO 4217 code such as USD, in upper case', isRight: isCurrency },
  rates: {
    takes: `up to ${MOST} rates such as AZN:0.5882,EUR:1.08, each a decimal number above 0 of at most 9 digits and 12 places`,
    isRight: (value) => value.length <= 30 * MOST && value.split(',').every((pair) => PAIR.test(pair)),
  },
};

/** Of a query whose parameters are right by themselves. Throws BadListRequest. */
export function ratesOf(query: GivenQuery): Rates | undefined {
  const { currency, rates } = query as { currency?: string; rates?: string };
  const pairs = rates?.split(',').map(pairOf) ?? [];
  const faults = pairs.flatMap(([code, rate], place) => faultOf(code, rate, pairs.slice(0, place), currency));
  if (currency === undefined && rates !== undefined)
    faults.push(fault('needs_currency', 'rates say what money is worth in a currency: give currency too.'));
  if (pairs.length > MOST) faults.push(fault('too_many', `rates takes ${MOST} at most.`));
  if (faults.length > 0) throw new BadListRequest(faults.flatMap(({ errors }) => errors));
  return currency === undefined ? undefined : { currency, byCurrency: Object.fromEntries(pairs) };
}

function pairOf(pair: string): [string, string] {
  const [, code = '', rate = ''] = PAIR.exec(pair) ?? [];
  return [code, rate];
}

function faultOf(code: string, rate: string, before: [string, string][], currency?: string): BadListRequest[] {
  if (!isCurrency(code)) return [fault('unknown_currency', `"${code}" is no ISO 4217 code in upper case.`)];
  if (!/[1-9]/.test(rate)) return [fault('bad_value', `A rate is above 0; that of ${code} is ${rate}.`)];
  if (before.some(([earlier]) => earlier === code)) return [fault('repeated_rate', `${code} has two rates.`)];
  return code === currency ? [fault('own_rate', `1 ${code} is 1 ${code}: leave its rate out.`)] : [];
}

const fault = (code: string, message: string): BadListRequest => BadListRequest.parameter('rates', code, message);
