import { acceptedLanguage, pageLanguage } from './languages.js';

describe('the language of a page', () => {
  it.each([
    ['az-Latn-AZ', 'az'],
    ['RU', 'ru'],
    ['de', 'en'],
    ['', 'en'],
  ])('for somebody whose locale is %s is %s', (locale, language) => expect(pageLanguage(locale)).toBe(language));

  it.each([
    ['ru,en;q=0.5', 'ru'],
    ['de-DE,de;q=0.9,az;q=0.8,en;q=0.7', 'az'],
    ['en;q=0.2, tr;q=0.9', 'tr'],
    ['ru;q=0, az;q=0.1', 'az'],
    ['*', 'en'],
    [',;q=,;;', 'en'],
    [undefined, 'en'],
  ])('for a browser that asks for %s is %s', (header, language) => expect(acceptedLanguage(header)).toBe(language));
});
