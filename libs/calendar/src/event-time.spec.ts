import { Invalid } from '#faults';
import {
  addDays,
  calendarUnit,
  dayStart,
  eventTime,
  instantText,
  isTimeZone,
  moveLocal,
  openEventTime,
  overBy,
  toInstant,
  toLocal,
} from './event-time.js';

const WASHINGTON = 'America/New_York';
const BAKU = 'Asia/Baku';

const instant = (text: string, zone?: string) => instantText(toInstant(text, zone, '/startsAt'));

/** Pointer and code of everything the input is refused for. */
function faults(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof Invalid) return error.errors.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  return [];
}

describe('the time of an event', () => {
  it('is read from an instant, an offset, or the local time of a zone', () => {
    expect(instant('2026-03-10T14:00:00Z')).toBe('2026-03-10T14:00:00Z');
    expect(instant('2026-03-10T10:00-04:00')).toBe('2026-03-10T14:00:00Z');
    expect(instant('2026-03-10T10:00', WASHINGTON)).toBe('2026-03-10T14:00:00Z');
    expect(instant('2026-03-10T18:00:00', BAKU)).toBe('2026-03-10T14:00:00Z');
  });

  it('is an hour nearer to Baku once Washington has put its clocks forward', () => {
    const inBaku = (text: string) => toLocal(toInstant(text, WASHINGTON, '/startsAt'), BAKU);
    expect(inBaku('2026-03-07T10:00')).toBe('2026-03-07T19:00:00');
    expect(['09', '10', '11'].map((day) => inBaku(`2026-03-${day}T10:00`))).toEqual([
      '2026-03-09T18:00:00',
      '2026-03-10T18:00:00',
      '2026-03-11T18:00:00',
    ]);
  });

  it('cannot lie in the hour that the change of clocks skips', () => {
    expect(faults(() => instant('2026-03-08T02:30', WASHINGTON))).toEqual(['/startsAt local_time_skipped']);
    expect(instant('2026-03-08T01:59', WASHINGTON)).toBe('2026-03-08T06:59:00Z');
    expect(instant('2026-03-08T03:00', WASHINGTON)).toBe('2026-03-08T07:00:00Z');
  });

  it('is the earlier one of an hour that comes twice in autumn', () => {
    expect(instant('2026-11-01T01:30', WASHINGTON)).toBe('2026-11-01T05:30:00Z');
  });

  it('may run across midnight and across the change of clocks', () => {
    const night = { startsAt: '2026-03-07T22:00', endsAt: '2026-03-08T04:00', timeZone: WASHINGTON };
    const { startsAt, endsAt } = eventTime(night);
    expect(endsAt.getTime() - startsAt.getTime()).toBe(5 * 3_600_000);
    expect(toLocal(endsAt, WASHINGTON)).toBe('2026-03-08T04:00:00');
  });

  it.each([
    ['2026-02-30T10:00'],
    ['2026-03-10'],
    ['2026-03-10 10:00'],
    ['2026-03-10T25:00'],
    ['2026-03-10T10:00+25:00'],
    ['2026-03-10T10:00[Asia/Baku]'],
    ['tomorrow'],
    [''],
  ])('refuses %p', (text) => {
    expect(faults(() => instant(text, WASHINGTON))).toEqual(['/startsAt bad_time']);
  });

  it.each([['0000-01-01T00:00Z'], ['9999-12-31T23:59Z']])('refuses the year of %p', (text) => {
    expect(faults(() => instant(text))).toEqual(['/startsAt out_of_range']);
  });

  it('needs a zone that exists', () => {
    const hours = { startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T11:00' };
    expect(faults(() => eventTime(hours))).toEqual(['/timeZone required']);
    expect(faults(() => eventTime({ ...hours, timeZone: 'Europe/Atlantis' }))).toEqual(['/timeZone unknown_time_zone']);
    expect(['+04:00', 'UTC+4', '', 'constructor'].filter(isTimeZone)).toEqual([]);
    expect([WASHINGTON, BAKU, 'UTC', 'Etc/GMT+4'].every(isTimeZone)).toBe(true);
  });

  it('tells every fault at once', () => {
    const text = { startsAt: '2026-03-08T02:30', endsAt: '2026-02-30T10:00', timeZone: WASHINGTON };
    expect(faults(() => eventTime(text))).toEqual(['/startsAt local_time_skipped', '/endsAt bad_time']);
  });

  it('ends after it starts, and within a week', () => {
    const ending = (endsAt: string) => () => eventTime({ startsAt: '2026-03-10T10:00', endsAt, timeZone: WASHINGTON });
    expect(faults(ending('2026-03-10T10:00'))).toEqual(['/endsAt ends_before_start']);
    expect(faults(ending('2026-03-17T10:01'))).toEqual(['/endsAt too_long']);
    expect(faults(ending('2026-03-17T10:00'))).toEqual([]);
  });

  it('keeps what a change leaves out, read in the stored zone', () => {
    const stored = eventTime({ startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T11:00', timeZone: WASHINGTON });
    const longer = eventTime({ endsAt: '2026-03-10T12:00' }, stored);
    expect([longer.startsAt, longer.endsAt].map(instantText)).toEqual(['2026-03-10T14:00:00Z', '2026-03-10T16:00:00Z']);
    expect(eventTime({ timeZone: BAKU }, stored)).toEqual({ ...stored, timeZone: BAKU });
  });

  it('may be unknown only where that is allowed', () => {
    const unknown = { startsAt: null, endsAt: null, timeZone: BAKU };
    expect(openEventTime(unknown)).toEqual(unknown);
    expect(faults(() => eventTime(unknown))).toEqual(['/startsAt required', '/endsAt required']);
  });

  it('keeps its place on the clock when all it belongs to moves across a change of clocks', () => {
    const mark = (text: string, timeZone: string) => ({ instant: toInstant(text, timeZone, ''), timeZone });
    const from = mark('2026-03-03T09:00', WASHINGTON);
    const session = toInstant('2026-03-04T14:30', WASHINGTON, '');
    const later = moveLocal(session, from, mark('2026-03-10T09:00', WASHINGTON));
    expect(toLocal(later, WASHINGTON)).toBe('2026-03-11T14:30:00');
    expect(toLocal(moveLocal(session, from, mark('2026-06-01T10:00', BAKU)), BAKU)).toBe('2026-06-02T15:30:00');
  });

  it('lies in a day, a month and a year of its own zone', () => {
    const midnightInBaku = toInstant('2026-03-09T21:00:00Z', undefined, '');
    const unit = (zone: string, name: 'day' | 'month' | 'year') =>
      calendarUnit(midnightInBaku, zone, name).map(instantText);
    expect(unit(WASHINGTON, 'day')).toEqual(['2026-03-09T04:00:00Z', '2026-03-10T04:00:00Z']);
    expect(unit(BAKU, 'month')).toEqual(['2026-02-28T20:00:00Z', '2026-03-31T20:00:00Z']);
    expect(unit('UTC', 'year')).toEqual(['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z']);
  });

  it.each([
    ['to the minute, at its end', null, '2026-03-10T14:00:00Z', '2026-03-10T15:00:00Z', '2026-03-10T15:00:00Z'],
    ['to the minute, at its start where that is all', null, '2026-03-10T14:00:00Z', null, '2026-03-10T14:00:00Z'],
    ['to the day, when that is over where it is', 'day', '2026-03-10T14:00:00Z', null, '2026-03-10T20:00:00Z'],
    ['to the month, with its last day', 'month', '2026-03-01T08:00:00Z', null, '2026-03-31T20:00:00Z'],
    ['to the month, to the last one', 'month', '2026-02-28T20:00:00Z', '2026-04-30T20:00:00Z', '2026-04-30T20:00:00Z'],
    [
      'to the month, should it end as it begins',
      'month',
      '2026-02-28T20:00:00Z',
      '2026-02-28T20:00:00Z',
      '2026-03-31T20:00:00Z',
    ],
    ['to the year, with its last day', 'year', '2026-01-01T08:00:00Z', null, '2026-12-31T20:00:00Z'],
    [
      'within a window, when that ends',
      'window',
      '2026-03-01T08:00:00Z',
      '2026-04-10T08:00:00Z',
      '2026-04-10T08:00:00Z',
    ],
  ])('that is known %s, is over by then', (_how, datePrecision, startsAt, endsAt, over) => {
    const end = endsAt === null ? null : new Date(endsAt);
    expect(overBy({ startsAt: new Date(startsAt), endsAt: end, timeZone: BAKU, datePrecision })).toEqual(
      new Date(over),
    );
  });

  it('is over nobody knows when while it is not known, and by UTC where there is no such zone', () => {
    const time = { startsAt: null, endsAt: null, timeZone: BAKU };
    for (const datePrecision of ['unknown', 'month', null]) expect(overBy({ ...time, datePrecision })).toBeNull();
    const march = { ...time, startsAt: new Date('2026-03-10T14:00:00Z'), datePrecision: 'month' };
    for (const timeZone of [null, 'Mars/Olympus'])
      expect(overBy({ ...march, timeZone })).toEqual(new Date('2026-04-01T00:00:00Z'));
  });
});

describe('a day', () => {
  it('begins when clocks say so, which is an hour after midnight where they skip that', () => {
    expect(dayStart('2027-05-03', BAKU)).toEqual(new Date('2027-05-02T20:00:00Z'));
    expect(dayStart('2018-11-04', 'America/Sao_Paulo')).toEqual(new Date('2018-11-04T03:00:00Z'));
  });

  it('more or less leaves the time on the clock, and is no hours', () => {
    const before = new Date('2027-03-13T15:00:00Z');
    expect(addDays(before, 1, WASHINGTON)).toEqual(new Date('2027-03-14T14:00:00Z'));
    expect(addDays(addDays(before, 1, WASHINGTON), -1, WASHINGTON)).toEqual(before);
    expect(addDays(before, 1, BAKU)).toEqual(new Date('2027-03-14T15:00:00Z'));
  });
});
