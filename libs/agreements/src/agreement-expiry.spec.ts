import { expiryDue, firstToday, lastToday } from './agreement-expiry.js';

const due = (now: string, timeZone = 'America/New_York') =>
  expiryDue('2027-03-31', timeZone, new Date(now)).toISOString();

describe('the end of an agreement', () => {
  it.each([
    ['a month', '2027-01-01T00:00:00Z', '2027-03-01T14:00:00.000Z'],
    ['a week, once that has passed', '2027-03-01T14:00:00Z', '2027-03-24T13:00:00.000Z'],
    ['no more than a few hours, once that has passed too', '2027-03-30T00:00:00Z', '2027-03-31T13:00:00.000Z'],
    ['no time, when nobody had said so before', '2027-05-01T00:00:00Z', '2027-03-31T13:00:00.000Z'],
  ])('is told %s ahead, at nine by the clocks of the house', (_ahead, now, at) => expect(due(now)).toBe(at));

  it('is told in the morning wherever the house is', () => {
    expect(due('2027-01-01T00:00:00Z', 'Asia/Baku')).toBe('2027-03-01T05:00:00.000Z');
  });

  it('comes when the day is over everywhere, and a day has begun once it has begun anywhere', () => {
    const now = new Date('2026-11-22T11:00:00Z');
    expect([lastToday(now), firstToday(now)]).toEqual(['2026-11-21', '2026-11-23']);
  });
});
