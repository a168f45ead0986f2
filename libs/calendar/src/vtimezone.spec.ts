import { localText, timeZoneLines } from './vtimezone.js';

const lines = (timeZone: string, from: string, to: string) =>
  timeZoneLines(timeZone, new Date(from), new Date(to)).join('\n');

describe('the clocks of a zone for a calendar', () => {
  it('are those in force, and those that come before the end', () => {
    expect(lines('America/New_York', '2026-03-01T00:00:00Z', '2026-03-12T00:00:00Z')).toBe(
      [
        'BEGIN:VTIMEZONE',
        'TZID:America/New_York',
        'BEGIN:STANDARD',
        'DTSTART:20251102T020000',
        'TZOFFSETFROM:-0400',
        'TZOFFSETTO:-0500',
        'END:STANDARD',
        'BEGIN:DAYLIGHT',
        'DTSTART:20260308T020000',
        'TZOFFSETFROM:-0500',
        'TZOFFSETTO:-0400',
        'END:DAYLIGHT',
        'END:VTIMEZONE',
      ].join('\n'),
    );
  });

  it('are one observance where they have not changed for years', () => {
    const baku = lines('Asia/Baku', '2026-03-10T00:00:00Z', '2026-03-11T00:00:00Z');
    expect(baku.match(/BEGIN:STANDARD/g)).toHaveLength(1);
    expect(baku).toContain('TZOFFSETTO:+0400');
    expect(baku).not.toContain('DAYLIGHT');
  });

  it('are said for zones that never changed, too', () => {
    expect(lines('UTC', '2026-03-10T00:00:00Z', '2026-03-11T00:00:00Z')).toContain(
      'DTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0000',
    );
  });

  it('have no local time for an hour that comes twice', () => {
    expect(localText(new Date('2026-11-01T05:30:00Z'), 'America/New_York')).toBeNull();
    expect(localText(new Date('2026-11-01T06:30:00Z'), 'America/New_York')).toBeNull();
  });

  it('give an instant its local time, on either side of a clock change', () => {
    expect(localText(new Date('2026-03-08T06:59:59Z'), 'America/New_York')).toBe('20260308T015959');
    expect(localText(new Date('2026-03-08T07:00:00Z'), 'America/New_York')).toBe('20260308T030000');
    expect(localText(new Date('2026-03-10T14:00:00Z'), 'Asia/Baku')).toBe('20260310T180000');
  });
});
