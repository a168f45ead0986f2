import { clockSpan, daysInWords, momentInWords, weekdayInWords, zoneCity, zoneOffset } from './paper-times.js';

const at = (text: string): Date => new Date(text);

describe('times on paper', () => {
  it.each([
    ['2037-03-09T13:00Z', '2037-03-09T15:00Z', 'America/New_York', '09:00–11:00'],
    // Clocks went forward the day before; at the end of the year they are an hour behind that.
    ['2037-12-09T14:00Z', '2037-12-09T15:00Z', 'America/New_York', '09:00–10:00'],
    ['2037-03-10T02:00Z', '2037-03-10T06:30Z', 'America/New_York', '22:00–02:30 +1'],
    ['2037-03-09T20:00Z', '2037-03-09T21:00Z', 'Asia/Baku', '00:00 +1–01:00 +1'],
    ['2037-03-09T02:00Z', '2037-03-09T03:00Z', 'America/Los_Angeles', '19:00 −1–20:00 −1'],
    ['2037-03-09T13:00Z', '2037-03-12T13:00Z', 'Asia/Baku', '17:00–17:00 +3'],
  ])('from %s to %s in %s, on the 9th, are %s', (from, to, zone, words) => {
    expect(clockSpan(at(from), at(to), zone, from.slice(0, 8) + '09')).toBe(words);
  });

  it.each([
    ['en', 'Monday, March 9, 2037', 'March 9 – 13, 2037', 'March 9, 2037, 17:30'],
    ['az', '9 mart 2037, bazar ertəsi', '9–13 mart 2037', '9 mart 2037, 17:30'],
    ['ru', 'понедельник, 9 марта 2037 г.', '9–13 марта 2037 г.', '9 марта 2037 г., 17:30'],
  ] as const)('are said in %s', (language, day, days, moment) => {
    const plain = (text: string) => text.replace(/\s/g, ' ');
    expect(plain(weekdayInWords('2037-03-09', language))).toBe(day);
    expect(plain(daysInWords('2037-03-09', '2037-03-13', language)).replace(' – ', '–')).toBe(days.replace(' – ', '–'));
    expect(plain(momentInWords(at('2037-03-09T13:30Z'), 'Asia/Baku', language))).toBe(moment);
  });

  it('name the city of a zone, and how far its clocks are from UTC at that moment', () => {
    expect(zoneCity('America/New_York', 'ru')).toBe('Вашингтон');
    expect(zoneCity('America/Argentina/Buenos_Aires', 'en')).toBe('Buenos Aires');
    expect(zoneOffset(at('2037-01-09T13:00Z'), 'America/New_York')).toBe('GMT-5');
    expect(zoneOffset(at('2037-07-09T13:00Z'), 'America/New_York')).toBe('GMT-4');
  });
});
