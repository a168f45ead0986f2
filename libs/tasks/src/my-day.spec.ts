import { dayIn } from './my-day.js';

const at = (text: string) => new Date(text);

describe('the day of a user', () => {
  it('ends at midnight on their clocks', () => {
    expect(dayIn('Asia/Baku', at('2026-03-09T20:30:00Z'))).toEqual({
      timeZone: 'Asia/Baku',
      day: '2026-03-10',
      tomorrow: at('2026-03-10T20:00:00Z'),
      horizon: at('2026-03-17T20:00:00Z'),
      promisesUntil: '2026-03-24',
    });
  });

  it('has 23 hours when the clocks go on, and the days after end an hour earlier', () => {
    const day = dayIn('America/New_York', at('2026-03-08T05:00:00Z'));
    expect(day).toMatchObject({
      day: '2026-03-08',
      tomorrow: at('2026-03-09T04:00:00Z'),
      horizon: at('2026-03-16T04:00:00Z'),
    });
  });

  it('is that of UTC in a zone that does not exist', () => {
    expect(dayIn('Mars/Phobos', at('2026-03-09T23:30:00Z'))).toMatchObject({ timeZone: 'UTC', day: '2026-03-09' });
  });
});
