const instant = { type: 'string', format: 'date-time' };
const place = { type: 'string', nullable: true, description: 'Null when not known, or not for the caller to see' };

/** What a 409 double_booked lists. */
export const BOOKING_CONFLICTS_SCHEMA = {
  type: 'array',
  description: 'With double_booked: all that stands in the way',
  items: {
    type: 'object',
    required: ['code', 'resource', 'about', 'startsAt', 'endsAt', 'localTimes', 'place', 'wanted'],
    properties: {
      code: {
        enum: ['overlap', 'travel'],
        description: 'travel: held elsewhere so shortly before or after that there is no time for the way',
      },
      travelTime: { type: 'string', description: 'ISO 8601 duration of the way; with travel only' },
      resource: { type: 'object', description: '{type, id, title} of the person or room' },
      about: {
        type: 'object',
        description:
          '{type, id, title} of what it is held for, or {type, restricted: true} for what the caller may not see',
      },
      startsAt: instant,
      endsAt: instant,
      localTimes: { type: 'array', items: { $ref: '#/components/schemas/LocalTimeDto' } },
      place,
      wanted: {
        type: 'object',
        description: 'What was asked for and cannot be',
        properties: { startsAt: instant, endsAt: instant, place },
      },
    },
  },
};
