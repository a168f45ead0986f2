import { isRemindBefore, remindBeforeFaults } from './remind-before.js';

describe('how long before its due time a task reminds', () => {
  it.each(['P0D', 'PT1H', 'P1D', 'P2W', 'P1DT12H', 'PT90M', 'P90D'])('may be %s', (value) => {
    expect(isRemindBefore(value)).toBe(true);
  });

  it.each([
    '',
    'P',
    'PT',
    '1D',
    '-P1D',
    'P1M',
    'P1Y',
    'P91D',
    'P90DT1M',
    'PT1.5H',
    'p1d',
    'P1DT',
    'P99999999999999999999D',
  ])('cannot be "%s"', (value) => {
    expect(isRemindBefore(value)).toBe(false);
  });

  it('is said at most five times, and every wrong one is named', () => {
    const faults = remindBeforeFaults(['P1D', 'soon', 'P1D', 'P1D', 'P1D', 'P1M'], '/remindBefore');
    expect(faults.map((fault) => fault.pointer)).toEqual(['/remindBefore', '/remindBefore/1', '/remindBefore/5']);
  });
});
