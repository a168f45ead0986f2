import { alpha3ToAlpha2, getNames, isValid, registerLocale } from 'i18n-iso-countries/index.js';
import az from 'i18n-iso-countries/langs/az.json';
import en from 'i18n-iso-countries/langs/en.json';
import ru from 'i18n-iso-countries/langs/ru.json';
import tr from 'i18n-iso-countries/langs/tr.json';

/** What lists of names leave out and people write. */
const ALSO: Record<string, string> = {
  AZ: 'Azerbaijan Republic|Republic of Azerbaijan|Azərbaycan Respublikası|Азербайджанская Республика|Azerbaycan Cumhuriyeti',
  US: 'ABŞ|Birləşmiş Ştatlar|Соединённые Штаты Америки|Соединённые Штаты|America',
  GB: 'UK|England|Böyük Britaniya|İngiltərə|İngiltere|Англия|Соединённое Королевство',
  AE: 'UAE|BƏƏ|ОАЭ|BAE',
  RU: 'Rusiya Federasiyası|Rusya Federasyonu',
  KR: 'South Korea|Cənubi Koreya|Южная Корея|Güney Kore',
};

const CODES = codes();

/** ISO 3166-1 alpha-2 code of a country given as a code or by its name; undefined when nobody calls a country so. */
export function countryCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  if (/^[A-Z]{2}$/.test(code) && isValid(code)) return code;
  if (/^[A-Z]{3}$/.test(code) && alpha3ToAlpha2(code)) return alpha3ToAlpha2(code);
  return CODES.get(folded(text));
}

function codes(): Map<string, string> {
  const map = new Map<string, string>();
  const learn = (name: string, code: string): void => void map.set(folded(name), code);
  for (const language of [en, az, ru, tr]) {
    registerLocale(language);
    for (const [code, names] of Object.entries(getNames(language.locale, { select: 'all' }))) {
      for (const name of [names].flat()) learn(name, code);
    }
  }
  for (const [code, names] of Object.entries(ALSO)) names.split('|').forEach((name) => learn(name, code));
  return map;
}

function folded(name: string): string {
  return name
    .replaceAll('İ', 'i')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('ı', 'i');
}
