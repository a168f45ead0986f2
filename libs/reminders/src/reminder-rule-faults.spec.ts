import { ruleFaults, type RuleTerms } from './reminder-rule-faults.js';
import { REMINDER_AUDIENCES, REMINDER_SUBJECTS } from './reminder-subject.js';

const faults = (terms: Partial<RuleTerms>) =>
  ruleFaults({ subject: 'side_meeting', offset: '-P1D', audience: 'all', ...terms }).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

describe('a reminder rule', () => {
  it.each(['-P1D', '-PT1H', '-PT90M', '-P2W', '-P1M', '-P366D', 'P0D', 'PT0S'])('may lead %s', (offset) => {
    expect(faults({ offset })).toEqual([]);
  });

  it.each(['', 'soon', 'P', '-P1.5D', '1D', '-P1DT'])('is refused with %j, which is no duration', (offset) => {
    expect(faults({ offset })).toEqual(['/offset bad_duration']);
  });

  it.each(['-P367D', '-P2Y', '-P999999999Y', '-PT99999999H'])('is refused with %s, which leads too far', (offset) => {
    expect(faults({ offset })).toEqual(['/offset out_of_range']);
  });

  it('speaks after its subject only where that is of use', () => {
    for (const subject of ['side_meeting', 'session', 'conference', 'invitation'] as const)
      expect(faults({ offset: 'P1D', subject })).toEqual(['/offset too_late']);
    expect(faults({ offset: 'P1D', subject: 'task' })).toEqual([]);
    expect(faults({ offset: 'P7D', subject: 'membership' })).toEqual([]);
  });

  it('takes a time of day with whole days only', () => {
    expect(faults({ offset: '-P1D', atLocalTime: '09:00' })).toEqual([]);
    expect(faults({ offset: 'P0D', atLocalTime: '08:00' })).toEqual([]);
    expect(faults({ offset: '-PT1H', atLocalTime: '09:00' })).toEqual(['/atLocalTime not_with_hours']);
    expect(faults({ offset: '-P1DT30M', atLocalTime: '09:00' })).toEqual(['/atLocalTime not_with_hours']);
    expect(faults({ atLocalTime: '24:00' })).toEqual(['/atLocalTime bad_time']);
  });

  it.each(REMINDER_SUBJECTS)('for a %s speaks to an audience there is, and to nobody else', (subject) => {
    for (const audience of ['all', ...REMINDER_AUDIENCES[subject]]) expect(faults({ subject, audience })).toEqual([]);
    for (const audience of ['', 'everybody', 'ALL'])
      expect(faults({ subject, audience })).toEqual(['/audience unknown_audience']);
  });

  it('names the audiences that it may have', () => {
    const [fault] = ruleFaults({ subject: 'task', offset: '-P1D', audience: 'everybody' });
    expect(fault?.message).toContain('all, assignee');
  });
});
