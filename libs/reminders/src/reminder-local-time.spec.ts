import { leadTime } from './reminder-plan.js';

/** When a reminder of something at `at` goes out by a rule that names a time of day. */
const sendAt = (offset: string, atLocalTime: string, at: string, timeZone: string): string => {
  const context = { timeZone, recipientTimeZone: timeZone, now: new Date('2020-01-01T00:00:00Z') };
  const lead = { key: 'rule', offset, atLocalTime };
  return leadTime(lead, { ...context, at: new Date(at), notAfter: new Date(at) }).sendAt.toISOString();
};

describe('a reminder at a local time', () => {
  // Washington springs forward on 8 March 2026 at 02:00, and back on 1 November at 02:00.
  it.each([
    ['an hour later where the clocks skip it', '02:30', '2026-03-08T20:00:00Z', '2026-03-08T07:30:00.000Z'],
    ['the first time where the clocks repeat it', '01:30', '2026-11-01T20:00:00Z', '2026-11-01T05:30:00.000Z'],
  ])('comes %s', (_, time, at, expected) => {
    expect(sendAt('P0D', time, at, 'America/New_York')).toBe(expected);
  });

  it('keeps its time of day across a clock change', () => {
    expect(sendAt('-P1D', '09:00', '2026-03-08T20:00:00Z', 'America/New_York')).toBe('2026-03-07T14:00:00.000Z');
    expect(sendAt('-P1D', '09:00', '2026-03-09T20:00:00Z', 'America/New_York')).toBe('2026-03-08T13:00:00.000Z');
    expect(sendAt('-P1D', '09:00', '2026-11-02T20:00:00Z', 'America/New_York')).toBe('2026-11-01T14:00:00.000Z');
  });

  it('falls on the next day there is where a zone left one out', () => {
    // Samoa had no 30 December 2011.
    expect(sendAt('-P1D', '09:00', '2011-12-31T01:00:00Z', 'Pacific/Apia')).toBe('2011-12-30T19:00:00.000Z');
  });
});
