import { statusOfNewcomer } from './registration-status.js';

describe('a newcomer', () => {
  it('gets a place while there is one', () => {
    expect(statusOfNewcomer('attendee', 1, 0)).toBe('confirmed');
    expect(statusOfNewcomer('press', null, 0)).toBe('confirmed');
  });

  it('waits when there is none, and behind those who wait already', () => {
    expect(statusOfNewcomer('attendee', 0, 0)).toBe('waitlisted');
    expect(statusOfNewcomer('delegate', 1, 1)).toBe('waitlisted');
  });

  it('never waits as a speaker or as staff, who take nobody’s place', () => {
    expect(statusOfNewcomer('speaker', 0, 5)).toBe('confirmed');
    expect(statusOfNewcomer('staff', -1, 0)).toBe('confirmed');
  });
});
