import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type AvailabilityQuestion, toInstant } from '#calendar';
import { BadListRequest } from '#database';
import { Invalid } from '#faults';

type Query = Record<string, string | string[] | undefined>;

const ALLOWED = ['personIds', 'roomIds', 'from', 'to'];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_RESOURCES = 100;
const MAX_DAYS = 366;
const DAY = 86_400_000;

/** What a request asks of the calendar. */
export const AvailabilityQuery = createParamDecorator((_: unknown, context: ExecutionContext): AvailabilityQuestion =>
  parseAvailabilityQuery(context.switchToHttp().getRequest<FastifyRequest>().query as Query),
);

/** Throws BadListRequest that names the parameter and what it takes. */
export function parseAvailabilityQuery(query: Query): AvailabilityQuestion {
  for (const name of Object.keys(query)) {
    if (!ALLOWED.includes(name))
      throw bad(name, 'unknown_parameter', `"${name}" is no parameter here; allowed: ${ALLOWED.join(', ')}.`);
  }
  const [personIds, roomIds] = [idsOf(query, 'personIds'), idsOf(query, 'roomIds')];
  if (personIds.length + roomIds.length === 0) throw bad('personIds', 'required', 'Name personIds, roomIds or both.');
  const [from, to] = [instantOf(query, 'from'), instantOf(query, 'to')];
  const span = to.getTime() - from.getTime();
  if (span <= 0 || span > MAX_DAYS * DAY)
    throw bad('to', 'bad_value', `to must come after from, by ${MAX_DAYS} days at most.`);
  return { personIds, roomIds, from, to };
}

const bad = (name: string, code: string, message: string): BadListRequest =>
  BadListRequest.parameter(name, code, message);

function single(query: Query, name: string): string | undefined {
  const value = query[name];
  if (Array.isArray(value)) throw bad(name, 'repeated_parameter', `${name} may be given once.`);
  return value;
}

function idsOf(query: Query, name: string): string[] {
  const ids = [...new Set((single(query, name) ?? '').split(',').map((id) => id.trim().toLowerCase()))].filter(
    (id) => id,
  );
  if (ids.length <= MAX_RESOURCES && ids.every((id) => UUID.test(id))) return ids;
  throw bad(name, 'bad_value', `${name} takes up to ${MAX_RESOURCES} ids with commas between them.`);
}

function instantOf(query: Query, name: string): Date {
  try {
    return toInstant(single(query, name) ?? '', undefined, '');
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw bad(name, 'bad_value', `${name} takes an instant such as 2026-03-10T14:00:00Z.`);
  }
}
