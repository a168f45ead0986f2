import { Temporal } from 'temporal-polyfill';

type Transition = Temporal.ZonedDateTime;

/** Where no clock ever changes, the one observance begins here. */
const LONG_AGO = Temporal.PlainDateTime.from('1970-01-01T00:00');

/**
 * A zone's clocks from `from` to `to` as a VTIMEZONE (RFC 5545 §3.6.5), line by line: the observance in force at the
 * start and each one that begins before the end. Without it, a local time with TZID means nothing to the receiver.
 */
export function timeZoneLines(timeZone: string, from: Date, to: Date): string[] {
  const observances = transitions(timeZone, from, to).flatMap(observance);
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${timeZone}`,
    ...(observances.length > 0 ? observances : constant(zoned(timeZone, from))),
    'END:VTIMEZONE',
  ];
}

/**
 * `20260310T100000`: the clocks of a zone. Null for an hour that they show twice: readers should take it for the first
 * (RFC 5545 §3.3.5), and not all of them do.
 */
export function localText(at: Date, timeZone: string): string | null {
  const local = zoned(timeZone, at).toPlainDateTime();
  const [first, last] = (['earlier', 'later'] as const).map((disambiguation) =>
    local.toZonedDateTime(timeZone, { disambiguation }),
  );
  return first?.epochMilliseconds === last?.epochMilliseconds ? plain(local) : null;
}

function transitions(timeZone: string, from: Date, to: Date): Transition[] {
  const start = zoned(timeZone, from);
  const list: Transition[] = [];
  let next = start.getTimeZoneTransition('previous') ?? start.getTimeZoneTransition('next');
  while (next && next.epochMilliseconds <= to.getTime()) {
    list.push(next);
    next = next.getTimeZoneTransition('next');
  }
  return list;
}

/** It begins at the moment that the clocks before it show. */
function observance(transition: Transition): string[] {
  const before = transition.subtract({ nanoseconds: 1 });
  const kind = transition.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD';
  const began = transition.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime();
  return observanceLines(kind, began, before.offset, transition.offset);
}

const constant = ({ offset }: Temporal.ZonedDateTime): string[] =>
  observanceLines('STANDARD', LONG_AGO, offset, offset);

const observanceLines = (kind: string, began: Temporal.PlainDateTime, from: string, to: string): string[] => [
  `BEGIN:${kind}`,
  `DTSTART:${plain(began)}`,
  `TZOFFSETFROM:${from.replaceAll(':', '')}`,
  `TZOFFSETTO:${to.replaceAll(':', '')}`,
  `END:${kind}`,
];

const zoned = (timeZone: string, at: Date): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);

const plain = (time: Temporal.PlainDateTime): string => time.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');
