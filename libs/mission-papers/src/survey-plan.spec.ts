import { surveyPlans } from './survey-plan.js';

const due = (endsOn: string, timeZone: string): string[] =>
  surveyPlans({ endsOn, timeZone }).map(({ dueAt }) => dueAt.toISOString());

describe('the surveys of a mission', () => {
  it('are due 3, 6 and 12 months after its last day, at nine on the clocks of its zone', () => {
    expect(due('2026-09-26', 'America/New_York')).toEqual([
      '2026-12-26T14:00:00.000Z',
      '2027-03-26T13:00:00.000Z',
      '2027-09-26T13:00:00.000Z',
    ]);
    expect(due('2026-09-26', 'Asia/Baku').at(0)).toBe('2026-12-26T05:00:00.000Z');
  });

  it('are due on the last day of a month that is shorter', () => {
    expect(due('2026-11-30', 'UTC')).toEqual([
      '2027-02-28T09:00:00.000Z',
      '2027-05-30T09:00:00.000Z',
      '2027-11-30T09:00:00.000Z',
    ]);
  });

  it('ask something else each time', () => {
    const titles = surveyPlans({ endsOn: '2026-09-26', timeZone: 'UTC' }).map(({ title }) => title);
    expect(new Set(titles).size).toBe(3);
    expect(titles[2]).toContain('12 months');
  });
});
