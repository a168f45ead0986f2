import { Invalid } from '#faults';
import { meetingTime, type MeetingTimeText } from './meeting-time.js';
import type { SideMeetingStatus } from './side-meeting-status.js';

const now = new Date('2026-03-20T12:00:00Z');
const zone = { timeZone: 'America/New_York' };
const morning = { startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T11:00', ...zone };

function pointers(text: MeetingTimeText, status: SideMeetingStatus): string[] {
  try {
    meetingTime(text, status, now);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(Invalid);
    return (error as Invalid).errors.map((fault) => `${fault.pointer} ${fault.code}`);
  }
}

describe('when a side meeting is', () => {
  it('is local time in Washington, two days into daylight saving', () => {
    expect(meetingTime(morning, 'held', now)).toEqual({
      startsAt: new Date('2026-03-10T14:00:00Z'),
      endsAt: new Date('2026-03-10T15:00:00Z'),
      timeZone: 'America/New_York',
      datePrecision: null,
    });
  });

  it('is unknown, not made up, where no date was reported', () => {
    const unknown = { startsAt: null, endsAt: null, timeZone: 'America/New_York', datePrecision: 'unknown' };
    expect(meetingTime(zone, 'held', now)).toEqual(unknown);
    expect(meetingTime({ ...zone, startsAt: null, endsAt: null, datePrecision: 'unknown' }, 'requested', now)).toEqual(
      unknown,
    );
  });

  it('may be no more than a day or a month', () => {
    const march = { startsAt: '2026-03-01T00:00', datePrecision: 'month' as const, ...zone };
    expect(meetingTime(march, 'requested', now)).toMatchObject({ datePrecision: 'month', endsAt: null });
    expect(pointers({ ...march, datePrecision: 'window' }, 'requested')).toEqual(['/endsAt required']);
  });

  it('is exact once the meeting is scheduled', () => {
    expect(pointers(zone, 'scheduled')).toEqual(['/startsAt required', '/endsAt required']);
    expect(pointers({ ...morning, datePrecision: 'day' }, 'scheduled')).toEqual(['/datePrecision exact_time_needed']);
  });

  it('is not half known and does not contradict itself', () => {
    expect(pointers({ ...zone, startsAt: '2026-03-10T10:00' }, 'held')).toEqual(['/endsAt required']);
    expect(pointers({ ...morning, datePrecision: 'unknown' }, 'held')).toEqual(['/datePrecision contradiction']);
    expect(pointers({ ...zone, datePrecision: 'day' }, 'held')).toEqual(['/startsAt required']);
  });

  it('is not in the future for a meeting that took place', () => {
    const tomorrow = { startsAt: '2026-03-21T10:00', endsAt: '2026-03-21T11:00', ...zone };
    expect(pointers(tomorrow, 'held')).toEqual(['/startsAt not_begun']);
    expect(pointers(tomorrow, 'requested')).toEqual([]);
  });

  it('keeps what a change leaves out, and trusts new instants to the minute', () => {
    const stored = meetingTime(zone, 'requested', now);
    expect(meetingTime({}, 'requested', now, stored)).toEqual(stored);
    expect(meetingTime(morning, 'scheduled', now, stored).datePrecision).toBeNull();
    const exact = meetingTime(morning, 'requested', now);
    expect(meetingTime({ startsAt: null, endsAt: null }, 'requested', now, exact).datePrecision).toBe('unknown');
  });
});
