import { createParamDecorator, type ExecutionContext, Param } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiHeader } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { Fault } from '#faults';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a value is an id. */
export const isUuid = (value: unknown): boolean => typeof value === 'string' && UUID.test(value);

const uuidPipe = {
  transform(value: string): string {
    if (isUuid(value)) return value.toLowerCase();
    throw new Fault('malformed', 'bad_id', `"${value.slice(0, 60)}" is not an id; ids are UUIDs.`);
  },
};

/** An id in the path. */
export const Id = (name = 'id') => Param(name, uuidPipe);

/** Aborted when the client hangs up: what is made for nobody else need not be finished. */
export const HangUp = createParamDecorator(
  (_: unknown, context: ExecutionContext): AbortSignal => context.switchToHttp().getRequest<FastifyRequest>().signal,
);

/** The version the caller holds, from `If-Match: "3"`; undefined when not sent or `*` (RFC 9110 §13.1.1). */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']?.trim();
  if (header === undefined || header === '*') return undefined;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version) return Number(version);
  throw new Fault('malformed', 'bad_if_match', 'If-Match takes the ETag of the version you hold, such as "3".');
});

/** Documents If-Match on a route that changes or archives. */
export const TakesIfMatch = () =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'ETag of the version you hold; a stale one is 412.',
      example: '"3"',
    }),
  );
