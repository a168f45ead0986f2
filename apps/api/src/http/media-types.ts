import { Fault } from '#faults';

/** What a JSON body may call itself; the second is the name of a merge patch (RFC 7396). */
export const JSON_TYPES = ['application/json', 'application/merge-patch+json'];

/** What a mail server's report may call itself (RFC 3464, RFC 6522). */
export const REPORT_TYPES = ['message/delivery-status', 'multipart/report', 'message/rfc822'];

/** What a calendar program's answer may come as: by itself (RFC 5545), or in the mail that brought it (RFC 6047). */
export const REPLY_TYPES = ['text/calendar', 'message/rfc822'];

/** Where bodies are something else: reports, uploads, forms of the public pages, the queue board's own calls. */
const OTHERS: [path: RegExp, types: string[] | 'any'][] = [
  [/^\/v1\/bounces\/?$/, REPORT_TYPES],
  [/^\/v1\/calendar-replies\/?$/, REPLY_TYPES],
  [/^\/v1\/imports\/?$/, ['multipart/form-data']],
  [/^\/(rsvp|unsubscribe|queues)(\/|$)/, 'any'],
];

/** Throws when the body is of a kind that nobody reads at this address: taking it for an empty one would lose it. */
export function demandMediaType(path: string, contentType: string | undefined): void {
  if (contentType === undefined) return;
  const allowed = OTHERS.find(([pattern]) => pattern.test(path))?.[1] ?? JSON_TYPES;
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (allowed === 'any' || allowed.includes(type)) return;
  throw new Fault('unsupported', 'unsupported_media_type', `Send ${allowed.join(' or ')}, not ${type.slice(0, 80)}.`);
}
