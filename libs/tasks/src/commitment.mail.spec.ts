import { commitmentReminders, type Watched, windowIn } from './commitment.mail.js';
import { Commitment } from './commitment.entity.js';

const NOW = new Date('2026-03-01T00:00:00Z');
const at = (text: string) => new Date(text);

const promise = (values: Partial<Commitment> = {}): Commitment =>
  Object.assign(new Commitment(), { id: 'c', action: 'Share the data', status: 'open', dueTo: '2026-03-31' }, values);
const owner = (timeZone = 'Asia/Baku'): Watched => ({
  id: 'leyla',
  email: 'leyla@chamber.example',
  name: 'Leyla',
  locale: 'az',
  timeZone,
  owedBy: 'Ministry',
  owedTo: 'Chamber',
  aboutTitle: null,
});

describe('the window of a promise', () => {
  it('begins and ends with days of the owner’s zone', () => {
    expect(windowIn('America/New_York', '2026-03-01', '2026-03-31')).toEqual({
      from: at('2026-03-01T05:00:00Z'),
      morning: at('2026-03-31T13:00:00Z'),
      end: at('2026-04-01T04:00:00Z'),
    });
  });

  it.each([
    [
      'the clocks go on in its last night',
      'America/New_York',
      '2026-03-08',
      '2026-03-08T13:00:00Z',
      '2026-03-09T04:00:00Z',
    ],
    [
      'the clocks go back in its last night',
      'America/New_York',
      '2026-11-01',
      '2026-11-01T14:00:00Z',
      '2026-11-02T05:00:00Z',
    ],
    ['midnight is skipped after it', 'Asia/Beirut', '2026-03-28', '2026-03-28T07:00:00Z', '2026-03-28T22:00:00Z'],
    ['a day is left out after it', 'Pacific/Apia', '2011-12-29', '2011-12-29T19:00:00Z', '2011-12-30T10:00:00Z'],
    ['time ends with it', 'America/New_York', '9999-12-31', '9999-12-31T00:00:00Z', '9999-12-31T00:00:00Z'],
  ])('is right where %s', (_, zone, dueTo, morning, end) => {
    expect(windowIn(zone, dueTo, dueTo)).toMatchObject({ morning: at(morning), end: at(end) });
  });
});

describe('the reminders of a promise', () => {
  it('count from nine in the morning of its last day where the owner is, a week and a day before', () => {
    expect(commitmentReminders(promise({ dueText: 'by the end of March' }), owner(), NOW)).toMatchObject({
      at: at('2026-03-31T05:00:00Z'),
      timeZone: 'Asia/Baku',
      notAfter: at('2026-03-31T20:00:00Z'),
      offsets: ['P7D', 'P1D'],
      recipients: [{ userId: 'leyla', email: 'leyla@chamber.example' }],
      data: { title: 'Share the data', note: 'by the end of March', owedBy: 'Ministry', owedTo: 'Chamber' },
    });
  });

  it('are those it asks for', () => {
    expect(commitmentReminders(promise({ remindBefore: ['PT1H'] }), owner(), NOW)).toMatchObject({ offsets: ['PT1H'] });
  });

  it.each([
    ['without a last day', promise({ dueTo: null, dueFrom: '2026-03-01' }), owner()],
    ['when it wants none', promise({ remindBefore: [] }), owner()],
    ['once it is kept', promise({ status: 'kept' }), owner()],
    ['without anybody to watch it', promise(), undefined],
    ['when its window is over', promise({ dueTo: '2026-02-28' }), owner()],
  ])('are none %s', (_, commitment, watched) => {
    expect(commitmentReminders(commitment, watched, NOW)).toBeUndefined();
  });

  it('are planned while its last day is not over where the owner is', () => {
    expect(commitmentReminders(promise({ dueTo: '2026-02-28' }), owner('America/New_York'), NOW)).toBeDefined();
  });
});
