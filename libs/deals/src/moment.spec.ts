import { type Moment, momentText, nextMoment, pastMoment } from './moment.js';

const NOW = new Date('2026-11-22T20:00:00Z');
const past = (at?: string, datePrecision?: 'day' | 'month' | 'year') => pastMoment({ at, datePrecision }, NOW);
const exact = (text: string): Moment => ({ at: new Date(text), datePrecision: null });
const fault = (pointer: string, code: string) =>
  expect.objectContaining({ errors: [expect.objectContaining({ pointer, code })] });

describe('a moment of the past', () => {
  it('is now where nothing is said, an instant, or a date that claims no more than is known', () => {
    expect(momentText(past())).toBe('2026-11-22T20:00:00Z');
    expect(momentText(past('2026-03-10T18:00:00+04:00'))).toBe('2026-03-10T14:00:00Z');
    expect(past('2026-03-10')).toEqual({ at: new Date('2026-03-10T00:00:00Z'), datePrecision: 'day' });
    expect(past('2026-03-10', 'month')).toEqual({ at: new Date('2026-03-01T00:00:00Z'), datePrecision: 'month' });
    expect(past('2026-03-10', 'year')).toEqual({ at: new Date('2026-01-01T00:00:00Z'), datePrecision: 'year' });
  });

  it('may be a day that has begun somewhere, and no day that has not', () => {
    expect(momentText(past('2026-11-23'))).toBe('2026-11-23');
    expect(() => past('2026-11-24')).toThrow(fault('/at', 'in_future'));
    expect(() => past('2026-11-22T20:00:01Z')).toThrow(fault('/at', 'in_future'));
    expect(() => past('2026-12-31', 'month')).toThrow(fault('/at', 'in_future'));
    expect(momentText(past('2026-12-31', 'year'))).toBe('2026-01-01');
  });

  it('is refused where it says too much or too little', () => {
    expect(() => past('2026-03-10T14:00:00Z', 'day')).toThrow(fault('/datePrecision', 'needs_date'));
    expect(() => past(undefined, 'day')).toThrow(fault('/at', 'required'));
    expect(() => past('2026-03-10T14:00')).toThrow(fault('/at', 'time_zone_required'));
    expect(() => past('1066-10-14')).toThrow(fault('/at', 'out_of_range'));
  });

  it.each([
    ['2026-03-10T14:00:00Z', undefined, '2026-03-10T13:59:59Z', false],
    ['2026-03-10T14:00:00Z', undefined, '2026-03-10T14:00:00Z', true],
    ['2026-03-10', 'day', '2026-03-10T08:00:00Z', true],
    ['2026-03-10', 'day', '2026-03-09T09:00:00Z', false],
    ['2026-03-10T14:00:00Z', undefined, '2026-03-10', true],
    ['2026-03-31', 'month', '2026-03-10', true],
    ['2026-03-31', 'month', '2026-02-28', false],
    ['2026-03-31', 'year', '2026-01-02', true],
  ] as const)('after %s (%s), %s can be: %s', (former, precision, at, possible) => {
    const check = () => nextMoment({ at }, NOW, [past(former, precision)]);
    if (possible) expect(check).not.toThrow();
    else expect(check).toThrow(fault('/at', 'before_former_change'));
  });

  it('is not before what was written down while somebody waited', () => {
    const former = [exact('2026-11-22T19:00:00Z'), exact('2026-11-22T20:00:00.250Z')];
    expect(nextMoment({}, NOW, former)).toEqual(former[1]);
    expect(nextMoment({}, NOW, former.slice(0, 1))).toEqual(exact('2026-11-22T20:00:00Z'));
  });

  it('is told by the clocks of the place, and not at all where nobody knows it', () => {
    const baku = { at: new Date('2026-03-09T20:00:00Z'), datePrecision: 'day' as const };
    expect(momentText(baku, 'Asia/Baku')).toBe('2026-03-10');
    expect(momentText({ ...exact('2026-03-09T20:00:00Z'), datePrecision: 'unknown' })).toBeNull();
  });
});
