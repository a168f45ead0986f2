import { spelledTime } from './spelled-time.js';

const START = new Date('2027-03-11T06:23:00Z');
const inAnHour = new Date('2027-03-11T07:23:00Z');
const nextDay = new Date('2027-03-12T07:23:00Z');

const format = (locale: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: 'Asia/Baku' });

describe('a time in words', () => {
  it.each([
    ['one time', undefined, /cümə axşamı 10:23$/],
    ['a span within a day', inAnHour, /cümə axşamı 10:23.11:23$/],
    ['a span of days', nextDay, /cümə axşamı 10:23 – 12 mart 2027, cümə 11:23$/],
  ])('has no slash in Azerbaijani: %s', (_what, end, said) => {
    expect(spelledTime(format('az'), START, end).replace(/\s/g, ' ')).toMatch(said);
  });

  it('is as the language has it everywhere else', () => {
    expect(spelledTime(format('en'), START, nextDay)).toBe(format('en').formatRange(START, nextDay));
  });

  it('is one time where the end does not come after the start', () => {
    expect(spelledTime(format('ru'), START, START)).toBe(format('ru').format(START));
  });
});
