import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { isCalendarDate } from '#database';
import { FOLLOW_UP_GROUPS, type FollowUpGrouping, type FollowUpsRequest, MOST_ITEMS } from '#reports';
import { isLikelyYear } from '../http/fields.js';
import { isUuid } from '../http/parameters.js';
import { demandQuery, type GivenQuery, oneOf, type QueryParameter } from '../http/query-parameters.js';

const ITEMS = 5;

/** The report asked for, and how it is grouped. */
export interface FollowUpsAsked extends FollowUpsRequest {
  by: FollowUpGrouping;
}

export const FollowUpsQuery = createParamDecorator((_: unknown, context: ExecutionContext): FollowUpsAsked =>
  parseFollowUpsQuery(context.switchToHttp().getRequest<FastifyRequest>().query as GivenQuery),
);

const PARAMETERS: Record<string, QueryParameter> = {
  by: oneOf(FOLLOW_UP_GROUPS),
  eventId: { takes: 'the id of a conference, session, side meeting or trade mission', isRight: isUuid },
  ownerId: {
    takes: 'the id of a user, me, or none',
    isRight: (value) => value === 'me' || value === 'none' || isUuid(value),
  },
  dueBefore: {
    takes: 'a date such as 2026-03-31, of the years 1800 to 2199',
    isRight: (value) => isCalendarDate(value) && isLikelyYear(value),
  },
  items: {
    takes: `0 to ${MOST_ITEMS}`,
    isRight: (value) => /^\d{1,2}$/.test(value) && Number(value) <= MOST_ITEMS,
  },
};

/** Throws BadListRequest with an entry for each wrong parameter. */
export function parseFollowUpsQuery(query: GivenQuery): FollowUpsAsked {
  demandQuery(query, PARAMETERS);
  const { by = 'owner', eventId, ownerId, dueBefore, items = ITEMS } = query as Partial<Record<string, string>>;
  return { by: by as FollowUpGrouping, eventId, ownerId, dueBefore, items: Number(items) };
}

const optional = (name: string, description: string, example?: string) =>
  ApiQuery({ name, required: false, type: String, description, ...(example !== undefined && { example }) });

/** Documents the parameters. */
export const TakesFollowUpsQuery = () =>
  applyDecorators(
    ApiQuery({
      name: 'by',
      required: false,
      enum: FOLLOW_UP_GROUPS,
      description: 'owner unless given: who is to see to it. counterpart: who has promised, and was promised, what',
    }),
    optional('eventId', 'Only what is about this conference, session, side meeting or trade mission, or a part of it'),
    optional('ownerId', 'Only what this user is to see to; me for whoever asks, none for what is nobody’s'),
    optional('dueBefore', 'Only what is due before this day', '2026-03-31'),
    optional('items', `Items told of each group, the first by due time; ${ITEMS} unless given, at most ${MOST_ITEMS}`),
  );
