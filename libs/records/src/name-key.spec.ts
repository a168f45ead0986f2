import fc from 'fast-check';
import { nameKey, organizationKey, personKey } from './name-key.js';

const SAME_NAMES = [
  ['Əliyev', 'Aliyev', 'Алиев', 'Aliev', 'ƏLİYEV', 'Əlијев'],
  ['Məmmədov', 'Mammadov', 'Mamedov', 'Мамедов', 'Memmedov', 'МӘММӘДОВ'],
  ['Hüseynova', 'Huseynova', 'Гусейнова', 'Guseynova'],
  ['Hüseynov', 'Huseynov', 'Gusseinov', 'Huseyinov', 'Һүсејнов'],
  ['Şahbazov', 'Shahbazov', 'Шахбазов', 'Shakhbazov'],
  ['Çingiz', 'Chingiz', 'Чингиз', 'Chinghiz'],
  ['Yusif', 'Юсиф', 'YUSİF'],
  ['Qurbanov', 'Kurbanov', 'Gurbanov', 'Гурбанов'],
  ['İlham', 'Ilham', 'Ilgam', 'Ilkham', 'Ильхам', 'ILHAM', 'ılham'],
  ['Həsənov', 'Hasanov', 'Gasanov', 'Гасанов'],
  ['Heydər', 'Heydar', 'Geidar', 'Гейдар'],
  ['Cəfər', 'Jafar', 'Dzhafar', 'Djafar', 'Джафар', 'Ҹәфәр'],
  ['Bağışov', 'Baxışov', 'Bakhishov', 'Бахышов'],
  ['Rövşən Nəcəf', 'Rovshan Najaf', 'Ровшан Наджаф'],
  ['Xəzər', 'Khazar', 'Хазар'],
  ['Musayev', 'Musaev', 'Мусаев'],
  ['Hacıyev', 'Hajiyev', 'Gadzhiev', 'Гаджиев'],
  ['Kazımov', 'Kazimov', 'Kyazimov', 'Кязимов'],
  ['Gülnarə', 'Gulnara', 'Гюльнара', 'Giulnara'],
  ['Ülviyyə', 'Ulviyya', 'Ульвия', 'Ulviyye'],
  ['Vasilyev', 'Vasiliev', 'Васильев'],
  ['Yevlax', 'Yevlakh', 'Евлах'],
  ['Álvaro', 'Alvaro', 'Alvaro\u0301'],
  ['O’Brien', "O'Brien", 'OBrien'],
  ['U.S. Steel', 'US Steel', 'u.s. steel'],
  ['“Neft & Qaz”', '«Neft and Qaz»'],
];

const DIFFERENT_NAMES = [
  ['Elnur Aliyev', 'Ilham Aliyev', 'Elnur Mammadov'],
  ['Aliyev', 'Valiyev', 'Aliyeva', 'Alov'],
  ['Yusif', 'Yusuf', 'Yasif'],
  ['SOCAR', 'USTDA', 'USTR', 'DOC', 'DOS', 'EXIM', 'DFC', 'USACC'],
];

const SAME_PEOPLE = [
  ['Carl Kress', 'Carl B. Kress', 'Kress Carl', 'KRESS, Carl', 'Kress Carl B'],
  ['Elnur Əliyev', 'Алиев Эльнур', 'Əliyev Elnur Rəşid oğlu', 'Алиев Эльнур Рашид оглы'],
  ['Leyla Həsənova', 'Həsənova Leyla Murad qızı', 'Hasanova Leyla Murad gizi', 'Гасанова Лейла Мурад кызы'],
  ['J.D. Vance', 'J. D. Vance', 'JD Vance', 'Vance J.D.'],
];

const SAME_ORGANIZATIONS = [
  ['Xəzər Körpüsü', '“Xəzər Körpüsü” MMC', 'Khazar Korpusu LLC', 'Khazar Korpusu, L.L.C.', 'ООО «Хазар Корпусу»'],
  ['Bridge', 'Bridge ASC', 'Bridge QSC', 'Bridge Inc.', 'Bridge Corp.', 'Bridge Ltd', 'Bridge LTD.', 'Bridge GmbH'],
  ['Бридж', 'ОАО Бридж', 'ЗАО «Бридж»', 'АО Бридж', 'Bridj A.Ş.', 'Bridj Ltd. Şti.', 'Bridj Co., Ltd.'],
  ['Land & Sea', 'Land and Sea', 'The Land Sea Company'],
];

const alphabet = fc.constantFrom(
  ...'abcdefghijklmnopqrstuvwxyzəğışçöüIİƏ абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғҝөүһҹј.,&’\u0301\u0307',
);
const anyName = fc.oneof(
  fc.string({ unit: alphabet, maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

function keysOf(key: (name: string) => string, names: string[]): string[] {
  return [...new Set(names.map(key))];
}

describe('the key of a name', () => {
  it.each(SAME_NAMES)('is one key for %s and its other spellings', (...names) => {
    expect(keysOf(nameKey, names)).toHaveLength(1);
  });

  it.each(DIFFERENT_NAMES)('tells %s from the others', (...names) => {
    expect(keysOf(nameKey, names)).toHaveLength(names.length);
  });

  it('keeps the words in their order', () => {
    expect(nameKey('Su Le')).toBe('su la');
    expect(nameKey('Le Su')).toBe('la su');
  });

  it('keeps the letters of other scripts', () => {
    expect(nameKey('გიორგი')).toBe('გიორგი');
    expect(nameKey('ԱՐԱՄ')).toBe('արամ');
    expect(nameKey('王 小明')).toBe('王 小明');
    expect(nameKey('किरण')).toBe('किरण');
  });

  it('keeps digits, and repeated digits too', () => {
    expect(nameKey('Route 2002, №７')).toBe('routa 2002 no7');
  });

  it('is empty for nothing but signs', () => {
    expect(nameKey(' – «» ... \u200b ’')).toBe('');
  });

  it('is the same for composed and decomposed input', () => {
    fc.assert(
      fc.property(anyName, (name) => expect(nameKey(name.normalize('NFD'))).toBe(nameKey(name.normalize('NFC')))),
    );
  });

  it('is its own key', () => {
    fc.assert(
      fc.property(anyName, (name) => expect(nameKey(nameKey(name))).toBe(nameKey(name))),
      { numRuns: 3000 },
    );
  });

  it('is plain lower-case text for Latin and Cyrillic names', () => {
    const plain = /^([a-z0-9]+( [a-z0-9]+)*)?$/;
    fc.assert(
      fc.property(fc.string({ unit: alphabet }), (name) => expect(nameKey(name)).toMatch(plain)),
      { numRuns: 1000 },
    );
  });

  it('is never empty for a name with a letter or digit', () => {
    const lettered = anyName.filter((name) => /[\p{Lu}\p{Ll}\p{Lo}\p{N}]/u.test(name.normalize('NFKC')));
    fc.assert(
      fc.property(lettered, (name) => expect(nameKey(name)).not.toBe('')),
      { numRuns: 1000 },
    );
  });

  it('does not grow with the square of the length', () => {
    const before = process.cpuUsage();
    ['Əliyev\u0301 Ы.', 'iu', 'ьe', 'क\u0301', 'ყ', 'a.'].forEach((part) => nameKey(part.repeat(50_000)));
    // Its own time, and not that of others on the machine.
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });
});

describe('the key of a person', () => {
  it.each(SAME_PEOPLE)('is one key for %s in other orders and forms', (...names) => {
    expect(keysOf(personKey, names)).toHaveLength(1);
  });

  it('keeps different people of one surname apart', () => {
    const names = ['Elnur Aliyev', 'Ilham Aliyev', 'Elnur Mammadov', 'Aliyev', 'E. Aliyev', 'I. Aliyev'];
    expect(keysOf(personKey, names)).toHaveLength(names.length);
  });

  it('keeps a patronymic that stands for the surname', () => {
    expect(personKey('Elnur Rəşid oğlu')).not.toBe(personKey('Elnur Murad oğlu'));
  });

  it('is its own key', () => {
    fc.assert(
      fc.property(anyName, (name) => expect(nameKey(personKey(name))).toBe(personKey(name))),
      { numRuns: 1000 },
    );
  });
});

describe('the key of an organization', () => {
  it.each(SAME_ORGANIZATIONS)('is one key for %s whatever its legal form', (...names) => {
    expect(keysOf(organizationKey, names)).toHaveLength(1);
  });

  it('keeps legal forms and linking words when there is nothing else', () => {
    expect(organizationKey('MMC')).toBe('mmc');
    expect(organizationKey('Inc. Corp.')).toBe('inc jorp');
    expect(organizationKey('The Company')).not.toBe('');
  });

  it('keeps short acronyms apart', () => {
    const names = ['GM', 'KM', 'HM', 'DOC', 'DOJ', 'DOS', 'USTR', 'USTDA', 'SOCAR', 'AO Smith', 'Smith'];
    expect(keysOf(organizationKey, names)).toHaveLength(names.length);
  });

  it('keeps the words in their order', () => {
    expect(organizationKey('Bank of Baku')).not.toBe(organizationKey('Baku Bank of'));
  });
});
