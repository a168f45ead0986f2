import { stallDue, stallTitle } from './deal-stall.js';

describe('the task of a stalled deal', () => {
  it.each([
    ['Monday', '2026-03-09T15:00:00Z', '2026-03-11T13:00:00.000Z'],
    ['Thursday', '2026-03-12T15:00:00Z', '2026-03-16T13:00:00.000Z'],
    ['Friday', '2026-03-13T15:00:00Z', '2026-03-17T13:00:00.000Z'],
    ['Saturday', '2026-03-14T15:00:00Z', '2026-03-17T13:00:00.000Z'],
    ['Friday before the clocks go on', '2026-03-06T15:00:00Z', '2026-03-10T13:00:00.000Z'],
    ['Sunday where it is Monday in UTC', '2026-03-09T03:00:00Z', '2026-03-10T13:00:00.000Z'],
  ])('found on a %s is due on the second working day after, at nine', (_day, now, due) => {
    expect(stallDue(new Date(now), 'America/New_York').toISOString()).toBe(due);
  });

  it.each([
    [null, 'America/New_York', 'March 9, 2026'],
    [null, 'Asia/Baku', 'March 10, 2026'],
    ['day', 'America/New_York', 'March 10, 2026'],
    ['month', 'America/New_York', 'March 2026'],
    ['year', 'America/New_York', '2026'],
  ] as const)('says of a touch known to the %s, read in %s, no more than is known', (datePrecision, zone, since) => {
    const at = new Date('2026-03-10T00:30:00Z');
    expect(stallTitle({ at, datePrecision }, zone)).toContain(`since ${since}:`);
  });
});
