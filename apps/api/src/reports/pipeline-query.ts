import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { isISO31661Alpha2 } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { DEAL_KINDS, DEAL_STAGES, type DealKind, type DealStage } from '#deals';
import { isCalendarDate } from '#database';
import { MOST_PIPELINE_MONTHS, PIPELINE_GROUPS, type PipelineGroup, type PipelineRequest } from '#reports';
import { isUuid } from '../http/parameters.js';
import { demandQuery, type GivenQuery, oneOf, type QueryParameter } from '../http/query-parameters.js';
import { RATE_PARAMETERS, ratesOf, TakesRates } from './rates-query.js';

/** Which part of the report a form shows; the first one unless said otherwise. */
export const PIPELINE_FORMS = { table: ['groups', 'stages', 'timeline'], chart: ['funnel', 'timeline'] } as const;
type Form = keyof typeof PIPELINE_FORMS;

/** The report asked for, and the part of it. */
export interface PipelineAsked extends PipelineRequest {
  part?: string;
}

/** `form`: the parameter that says which part is shown. */
export const PipelineQuery = createParamDecorator((form: Form | undefined, context: ExecutionContext): PipelineAsked =>
  parsePipelineQuery(context.switchToHttp().getRequest<FastifyRequest>().query as GivenQuery, form),
);

const LIST = 'comma-separated';
const MOST_SECTORS = 20;

const someOf = (values: readonly string[]): QueryParameter => ({
  takes: `${values.join(', ')}, ${LIST}`,
  isRight: (value) => value.split(',').every((word) => values.includes(word)),
});

const DATE: QueryParameter = { takes: 'a date such as 2026-03-10', isRight: isCalendarDate };

const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && isISO31661Alpha2(code);

const areSectors = (sectors: string[]): boolean =>
  sectors.length <= MOST_SECTORS && sectors.every((sector) => sector.trim() !== '' && sector.length <= 120);

const PARAMETERS: Record<string, QueryParameter> = {
  by: someOf(PIPELINE_GROUPS),
  from: DATE,
  to: DATE,
  stage: someOf(DEAL_STAGES),
  kind: someOf(DEAL_KINDS),
  country: {
    takes: `ISO 3166-1 alpha-2 codes such as AZ, in upper case, ${LIST}`,
    isRight: (value) => value.split(',').every(isCountry),
  },
  sectors: {
    takes: `up to ${MOST_SECTORS} codes or names of sectors, ${LIST}`,
    isRight: (value) => areSectors(value.split(',')),
  },
  ownerId: { takes: 'the id of a user, or me', isRight: (value) => value === 'me' || isUuid(value) },
  months: {
    takes: `1 to ${MOST_PIPELINE_MONTHS}`,
    isRight: (value) => /^[1-9]\d?$/.test(value) && Number(value) <= MOST_PIPELINE_MONTHS,
  },
  ...RATE_PARAMETERS,
};

/** Throws BadListRequest with an entry for each wrong parameter. */
export function parsePipelineQuery(query: GivenQuery, form?: Form): PipelineAsked {
  demandQuery(query, form ? { [form]: oneOf(PIPELINE_FORMS[form]), ...PARAMETERS } : PARAMETERS);
  const given = query as Partial<Record<string, string>>;
  const rates = ratesOf(query);
  return {
    by: listOf<PipelineGroup>(given.by) ?? PIPELINE_GROUPS,
    from: given.from,
    to: given.to,
    stages: listOf<DealStage>(given.stage),
    kinds: listOf<DealKind>(given.kind),
    countries: listOf(given.country),
    sectors: listOf(given.sectors),
    ownerId: given.ownerId,
    months: Number(given.months ?? 12),
    rates,
    part: form && (given[form] ?? PIPELINE_FORMS[form][0]),
  };
}

const listOf = <Word extends string>(value: string | undefined): Word[] | undefined =>
  value === undefined ? undefined : ([...new Set(value.split(',').map((word) => word.trim()))] as Word[]);

const optional = (name: string, description: string, example?: string) =>
  ApiQuery({ name, required: false, type: String, description, ...(example !== undefined && { example }) });

/** Documents the parameters. */
export const TakesPipelineQuery = (form?: Form) =>
  applyDecorators(
    ...(form ? [ApiQuery({ name: form, required: false, enum: PIPELINE_FORMS[form], description: 'Which part' })] : []),
    optional('by', `How to group, ${LIST}: ${PIPELINE_GROUPS.join(', ')}; all of them unless given`, 'stage,owner'),
    optional('from', 'Only deals whose first stage began on this day (UTC) or later', '2026-01-01'),
    optional('to', 'Only deals whose first stage began on this day or before', '2026-12-31'),
    optional('stage', `Only deals that are in one of these stages now, ${LIST}`, 'negotiation,contract'),
    optional('kind', `Only deals of these kinds, ${LIST}`),
    optional('country', `Only deals carried out in one of these countries, ${LIST}`, 'AZ'),
    optional(
      'sectors',
      `Only deals of one of these sectors, by code or name (by code where the name has a comma), ${LIST}`,
    ),
    optional('ownerId', 'Only deals that this user sees to now; me for whoever asks'),
    optional(
      'months',
      `Length of the timeline, which ends with the present month; 12 unless given, at most ${MOST_PIPELINE_MONTHS}`,
    ),
    TakesRates(),
  );
