import { leadBefore, leadTime, type LeadContext } from './reminder-plan.js';

const context = (overrides: Partial<Record<keyof LeadContext, string>> = {}): LeadContext => {
  const {
    at = '2026-03-10T14:00:00Z',
    timeZone = 'America/New_York',
    recipientTimeZone = timeZone,
    notAfter = at,
    now = '2026-01-01T00:00:00Z',
  } = overrides;
  return { at: new Date(at), timeZone, recipientTimeZone, notAfter: new Date(notAfter), now: new Date(now) };
};
const sendAt = (offset: string, overrides?: Parameters<typeof context>[0], atLocalTime?: string): string =>
  leadTime({ key: offset, offset, atLocalTime }, context(overrides)).sendAt.toISOString();

describe('when a reminder goes out', () => {
  it('counts days on the calendar, also across a clock change', () => {
    // Washington springs forward on 8 March 2026: 10:00 EST is 15:00Z, 10:00 EDT is 14:00Z.
    expect(sendAt('-P3D')).toBe('2026-03-07T15:00:00.000Z');
    expect(sendAt('-PT72H')).toBe('2026-03-07T14:00:00.000Z');
    // Back on 1 November 2026.
    expect(sendAt('-P1D', { at: '2026-11-01T15:00:00Z' })).toBe('2026-10-31T14:00:00.000Z');
  });

  it('can ask for a local time of that day', () => {
    expect(sendAt('-P1D', {}, '09:00')).toBe('2026-03-09T13:00:00.000Z');
  });

  it('takes the next existing time where the clock change skips the one asked for', () => {
    expect(sendAt('-PT1H', { at: '2026-03-08T08:00:00Z' }, '02:30')).toBe('2026-03-08T07:30:00.000Z');
  });

  it('leaves the night of the recipient alone when the lead is a day or more', () => {
    // 10:00 in Washington is 18:00 in Baku: fine. 14:00 there is 22:00 in Baku: the evening before the night.
    expect(sendAt('-P1D', { recipientTimeZone: 'Asia/Baku' })).toBe('2026-03-09T14:00:00.000Z');
    expect(sendAt('-P1D', { at: '2026-03-10T18:00:00Z', recipientTimeZone: 'Asia/Baku' })).toBe(
      '2026-03-09T16:00:00.000Z',
    );
    // 03:00 in Baku belongs to the night that began the day before.
    expect(sendAt('-P1D', { at: '2026-03-10T23:00:00Z', recipientTimeZone: 'Asia/Baku' })).toBe(
      '2026-03-09T16:00:00.000Z',
    );
  });

  it('is quiet from 21:00 sharp until 08:00 sharp', () => {
    const baku = { timeZone: 'Asia/Baku' };
    expect(sendAt('-P1D', { ...baku, at: '2026-05-05T17:00:00Z' })).toBe('2026-05-04T16:00:00.000Z');
    expect(sendAt('-P1D', { ...baku, at: '2026-05-05T16:59:00Z' })).toBe('2026-05-04T16:59:00.000Z');
    expect(sendAt('-P1D', { ...baku, at: '2026-05-05T04:00:00Z' })).toBe('2026-05-04T04:00:00.000Z');
    expect(sendAt('-P1D', { ...baku, at: '2026-05-05T03:59:00Z' })).toBe('2026-05-03T16:00:00.000Z');
  });

  it('waits for the morning when the evening before has passed already, if the event has not begun by then', () => {
    const late = { timeZone: 'Asia/Baku', at: '2026-05-05T19:00:00Z', now: '2026-05-04T18:00:00Z' };
    expect(sendAt('-P1D', late)).toBe('2026-05-05T04:00:00.000Z');
    expect(leadTime({ key: 'x', offset: '-P1D' }, context({ ...late, notAfter: '2026-05-05T03:00:00Z' })).reason).toBe(
      'past',
    );
  });

  it('goes when asked, day or night, when the lead is shorter than a day', () => {
    expect(sendAt('-PT1H', { at: '2026-03-10T23:30:00Z', timeZone: 'Asia/Baku' })).toBe('2026-03-10T22:30:00.000Z');
  });

  it('is skipped, not made up for, when its time has passed', () => {
    expect(leadTime({ key: 'x', offset: '-P1D' }, context({ now: '2026-03-10T13:00:00Z' })).reason).toBe('past');
    expect(leadTime({ key: 'x', offset: '-PT30M' }, context({ now: '2026-03-10T13:00:00Z' })).reason).toBeNull();
  });

  it('is never planned for after it is of use', () => {
    expect(leadTime({ key: 'x', offset: 'PT0S', atLocalTime: '18:00' }, context()).reason).toBe('too_late');
  });

  it('reads remindBefore with or without a sign', () => {
    expect([leadBefore('P1D').offset, leadBefore('-P1D').offset, leadBefore('PT90M').offset]).toEqual([
      '-P1D',
      '-P1D',
      '-PT90M',
    ]);
  });
});
