import { BadListRequest } from '#database';

/** A parameter of a query that is no list. */
export interface QueryParameter {
  /** What may be written, in words: "a month such as 2026-03". */
  takes: string;
  isRight: (value: string) => boolean;
}

/** What stands in a query string, before anybody has looked at it. */
export type GivenQuery = Record<string, unknown>;

/** Throws BadListRequest with an entry for each wrong parameter. */
export function demandQuery(query: GivenQuery, allowed: Record<string, QueryParameter>): void {
  const faults = Object.entries(query).flatMap(([name, value]) => faultOf(name, value, allowed));
  if (faults.length > 0) throw new BadListRequest(faults.flatMap(({ errors }) => errors));
}

/** One of a few words. */
export const oneOf = (values: readonly string[]): QueryParameter => ({
  takes: values.join(', '),
  isRight: (value) => values.includes(value),
});

function faultOf(name: string, value: unknown, allowed: Record<string, QueryParameter>): BadListRequest[] {
  const parameter = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
  if (!parameter) {
    const message = `"${name}" is no parameter here; allowed: ${Object.keys(allowed).join(', ')}.`;
    return [BadListRequest.parameter(name, 'unknown_parameter', message)];
  }
  if (typeof value === 'string' && !value.includes('\0') && parameter.isRight(value)) return [];
  return [BadListRequest.parameter(name, 'bad_value', `${name} may be given once and takes ${parameter.takes}.`)];
}
