import type { Actor } from '#database';

/** How the figures are made, in plain sentences that stand in every answer. */
export const OUTCOME_RULES = {
  belongs:
    'To a conference belong its sessions, and the meetings about it or about one of its sessions; to a trade mission the meetings about it; ' +
    'to either also meetings about such meetings. What was promised or is to be done about any of these belongs to it as well, and so does ' +
    'an agreement that was signed or initialed there or came about within it. Talked about there, following from it or related to it is not enough.',
  touches:
    'A record touches a deal once, however many effects it had. Touchpoints count that staff wrote down, and side meetings with the deal ' +
    'once they were held. What was archived or called off does not count, nor what is still to come.',
  until:
    'Touches count until the deal was closed; of an open deal until now. What originated, advanced or closed a deal came before its end: where ' +
    'nobody said when, it counts as of when it was written down, and at the latest as of the closing.',
  dates:
    'A touch is of when it is said to have been, else of when its record began (an agreement: of when it was signed, or initialed as long as ' +
    'no signing is known), else of when it was written down. One known to the day, the month or a window may have been at any moment of it: it ' +
    'comes before another only if that is certain. Days given alone are days in UTC, those of a meeting or an event days in its zone; a trade ' +
    'mission as a whole is of its first day, a conference as a whole of its beginning.',
  firstTouch:
    'The whole value goes to the earliest touch. Touches that may each have been the earliest share it evenly.',
  lastTouch: 'The whole value goes to the latest touch. Touches that may each have been the latest share it evenly.',
  even: 'Every touch has the same part: the value divided by the number of touches.',
  shared:
    'What a touch has is divided evenly among the conferences and trade missions that it belongs to. A session and its conference are one of these.',
  noEvent: 'What touches outside any event have goes to no event, so that events are not credited with it.',
  rounding:
    'By each model the parts of all events and of no event add up to the value of the deal, to the cent: parts are rounded down, and each cent ' +
    'left goes to whoever lost most by it, among equals to the event of the lower id, to no event last.',
  value:
    'value counts each deal in full, so values of several events must not be added; what is attributed may be. Deals without a value count as ' +
    'deals only. weighted is open value times probability. Money is added by currency, and converted only by rates of the request.',
  commitments:
    'Promises about the event or what belongs to it; an overdue one is open, and its last day is over everywhere.',
  agreements:
    'Each agreement counts once in total, and once under each relation: signed_at there, initialed_at there, within it, discussed_in it, follows ' +
    'from it, related to it. Signed within is not signed at, and initialed is not signed.',
} as const;

/** For whom the figures are; it says nothing of whether anything was left out. */
export const asSeenBy = ({ role }: Pick<Actor, 'role'>): string =>
  role === 'admin' || role === 'manager'
    ? 'Everything counts, restricted records too.'
    : 'What is restricted to others is left out everywhere, attribution included, as if it were not there; managers may read other figures.';
