/** Names of a chamber's people as staff and spreadsheets spell them: Azerbaijani, Russian and English, a few very common. */

const GIVEN_AZ =
  'Elnur İlham Leyla Nigar Rəşad Anar Aysel Günel Murad Kamran Vüsal Tural Orxan Elçin Səbinə Aygün Fərid Rövşən Çingiz Şahin ' +
  'Yusif Heydər Cəfər Qəhrəman Xəyal Zaur Emin Elmar Elşad Nərmin Sevinc Ülviyyə Gülnarə Könül Pərviz Ramin Samir Teymur Ülvi Vaqif ' +
  'Zəhra Əli Əhməd Həsən Hüseyn İbrahim Kənan Lalə Mehriban Natiq Oqtay Polad Qulu Rauf Sahib Tofiq Ümid Vəfa Xalid Yeganə';
const GIVEN_RU =
  'Алексей Андрей Анна Антон Борис Валерий Виктор Владимир Галина Дмитрий Евгений Екатерина Елена Игорь Ирина Кирилл Ксения Лариса ' +
  'Людмила Максим Марина Мария Михаил Наталья Никита Николай Ольга Павел Светлана Сергей Татьяна Юлия Юрий Яна';
const GIVEN_EN =
  'James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah ' +
  'Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Ashley Donald Kimberly Steven Emily Carl Natalie Su';
const ROOTS_AZ =
  'Məmməd Əli Həsən Hüseyn Quliy Hacıy İbrahim Rəhim Kərim Qasım Abdull Əhməd Cəfər Səfər Bayram Nəsir Musay Ağay Vəliy İsmayıl ' +
  'Babay Rüstəm Mustafay Süleyman Nağıy Tağıy Orucz Şahbaz Şirin Zeynal Zülfüqar Mirz Məlik Mahmud Nəbiy Novruz Paşay Qəhrəman ' +
  'Qurban Rəcəb Rəsul Sadıq Salman Seyid Sultan Tahir Talıb Teymur Umud Xəlil Yaqub Yunus Yusif Əfəndiy Əsgər Əzim Bağır Cabbar ' +
  'Cavad Dadaş Fətəliy Feyzull Həmid Heydər Xudiy İsgəndər Kazım Lətif Mehdiy Nəcəf';
const ROOTS_EN =
  'Smith Johnson Brown Miller Davis Wilson Ander Thomp Clark Lewis Walker Hall Young King Wright Hill Green Baker Carter Mitchell ' +
  'Turner Parker Cooper Ward Brook Wood Stone Field Kress Harper';
const ROOTS_RU =
  'Иван Петр Сидор Кузнец Попо Васил Соколо Михайло Новик Федоро Морозо Волко Алексее Лебеде Семено Егоро Павло Козло';
const FIRST_PARTS =
  'Bar Cal Dor Fen Gar Hol Kel Lam Mar Nor Pet Ral Sal Tan Var Win Zor Bel Cor Dan Fal Gol Ham Jar'.split(' ');
const MIDDLE_PARTS = 'a e i o u an en in on ar er or al el il'.split(' ');
const LAST_PARTS = 'ford land man stein well worth berg sky idze shvili by den ger ley lock more'.split(' ');

const ENDINGS_AZ = 'ov ova li zadə bəyli'.split(' ');
const IN_CYRILLIC = {
  ...{
    ə: 'а',
    a: 'а',
    b: 'б',
    c: 'дж',
    ç: 'ч',
    d: 'д',
    e: 'е',
    f: 'ф',
    g: 'г',
    ğ: 'г',
    h: 'г',
    x: 'х',
    ı: 'ы',
    i: 'и',
    j: 'ж',
    k: 'к',
  },
  ...{
    q: 'г',
    l: 'л',
    m: 'м',
    n: 'н',
    o: 'о',
    ö: 'о',
    p: 'п',
    r: 'р',
    s: 'с',
    ş: 'ш',
    t: 'т',
    u: 'у',
    ü: 'у',
    v: 'в',
    y: 'й',
    z: 'з',
  },
};
const IN_ENGLISH = {
  ə: 'a',
  ç: 'ch',
  c: 'j',
  ğ: 'gh',
  x: 'kh',
  ı: 'i',
  ö: 'o',
  q: 'g',
  ş: 'sh',
  ü: 'u',
  İ: 'I',
  Ə: 'A',
  Ç: 'Ch',
  C: 'J',
};
const IN_ENGLISH_CAPITALS = { Ş: 'Sh', X: 'Kh', Q: 'G', Ü: 'U', Ö: 'O' };

const words = (text) => text.split(' ');
const mapped = (word, letters) => [...word].map((letter) => letters[letter] ?? letter).join('');
const english = (word) => mapped(word, { ...IN_ENGLISH, ...IN_ENGLISH_CAPITALS });
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
const cyrillic = (word) => capital(mapped(word.replaceAll('İ', 'i').toLowerCase(), IN_CYRILLIC));

/** Commonest first. */
export function givenNames() {
  const az = words(GIVEN_AZ).flatMap((name) => [name, english(name), cyrillic(name)]);
  return [...new Set([...az, ...words(GIVEN_EN), ...words(GIVEN_RU)])];
}

/** Several thousand, commonest first: the ones Azerbaijan is full of in three scripts, then thousands that few bear. */
export function familyNames() {
  const az = ENDINGS_AZ.flatMap((ending) => words(ROOTS_AZ).map((root) => root + ending));
  const ru = words(ROOTS_RU).flatMap((root) =>
    ['ов', 'ова', 'ин', 'ина', 'ский', 'ская'].map((ending) => root + ending),
  );
  const en = words(ROOTS_EN).flatMap((root) => ['', 'son', 's', 'man', 'field'].map((ending) => root + ending));
  const rare = FIRST_PARTS.flatMap((first) =>
    MIDDLE_PARTS.flatMap((middle) => LAST_PARTS.map((last) => first + middle + last)),
  );
  return [...new Set([...az.flatMap((name) => [name, english(name), cyrillic(name)]), ...ru, ...en, ...rare])];
}
