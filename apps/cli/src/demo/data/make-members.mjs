/**
 * Writes members-2026.csv: about 500 fictional members, and rows broken on purpose that README.md lists.
 * The same file every time: `node make-members.mjs`. Prints the broken rows as the table in README.md.
 */
import { writeFileSync } from 'node:fs';

const HEADERS =
  'Organization,Legal name,Kind,Website,Country,Sectors,Tags,Tier,Joined on,Starts on,Ends on,' +
  'Contact name,Given name,Family name,Title,Email,Phone,Locale,Notes';

const WORLDS = [
  {
    count: 210,
    locale: 'az',
    countries: ['AZ', 'AZ', 'AZ', 'Azerbaijan', 'Azərbaycan'],
    first: 'Ağ,Mavi,Qızıl,Gümüşü,Yaşıl,Narıncı,Bənövşəyi,Firuzəyi,Üç,Yeddi,Uca,İti,Sakit,Şən,Çevik,Köhnə',
    second: 'Durna,Çinar,Palıd,Nərgiz,Körpü,Göyərçin,Üzüm,İncir,Şəfəq,Çəmən,Ceyran,Xonça,Səhəng,Kəhriz,Heyva,Yovşan',
    trade: 'Enerji,Lojistika,Texnologiya,İnşaat,Aqro,Tekstil,Maliyyə,Telekom,Turizm,Konsaltinq',
    legal: ['“*” MMC', '“*” MMC', '“*” ASC', '* QSC'],
    given:
      'Aydan,Cəmilə,Çingiz,Elçin,Əfsanə,Fidan,Gülşən,Hikmət,İlqar,Könül,Lalə,Məhəmməd,Nigar,Ömər,Pərviz,Qorxmaz,Röya,Səbinə,Şölə,Tofiq,Ülkər,Vüsalə,Xatirə,Yusif,Zöhrə',
    family:
      'Çinarlı,Palıdzadə,Durnazadə,Nərgizli,Şəfəqli,Göyərçinli,Kəhrizli,Qızılgüllü,Xəzanlı,Yovşanlı,Üzümlü,Söyüdlü,Əncirli,İncizadə,Lələkli,Püstəli,Heyvalı,Cəvizli,Zoğallı,Ağdurnalı,Gilaslı',
    titles: ['Direktor', 'Baş direktor', 'Beynəlxalq əlaqələr üzrə menecer', 'İcraçı direktor'],
    phone: (n) => `+99412555${pad(n, 4)}`,
  },
  {
    count: 110,
    locale: 'en',
    countries: ['US', 'US', 'US', 'United States'],
    first: 'Copper,Velvet,Paper,Marble,Saffron,Cobalt,Linen,Hazel,Quiet,Amber,Tin,Juniper',
    second: 'Heron,Thimble,Kettle,Otter,Ladder,Acorn,Lantern,Orchard,Sparrow,Anvil,Teacup,Wicket',
    trade: 'Energy,Logistics,Analytics,Engineering,Foods,Advisory,Capital,Networks,Travel,Instruments',
    legal: ['* LLC', '*, Inc.', '* Corp.', '* L.L.C.'],
    given:
      'Abigail,Brandon,Cynthia,Derek,Eleanor,Franklin,Gloria,Harvey,Imogen,Joel,Keisha,Lorenzo,Marjorie,Nolan,Olive,Preston,Ramona,Stuart,Tabitha,Wendell',
    family:
      'Heronsby,Larkmede,Fernwickham,Thistlebury,Willowmeer,Oakhollow,Brindlecote,Maplethorne,Quillbrooke,Harrowfen,Juniperly,Copperlane,O’Larkin-Vale,Saltmarshe,Winterquill,Cloverdene,Pennywhit',
    titles: ['Managing Director', 'Vice President, International', 'Director of Trade', 'Chief Operating Officer'],
    phone: (n) => `+1 (202) 555-01${pad(n % 100, 2)}`,
  },
  {
    count: 50,
    locale: 'tr',
    countries: ['TR', 'TR', 'Türkiye'],
    first: 'Mor,Beyaz,Turuncu,Lacivert,Kırmızı,Altın,Dört,Sessiz',
    second: 'Papatya,Leylek,Ihlamur,Kestane,Değirmen,Söğüt,Pusula,İskele',
    trade: 'Lojistik,Enerji,İnşaat,Gıda,Yazılım,Danışmanlık',
    legal: ['* A.Ş.', '* Ltd. Şti.'],
    given: 'Ayşegül,Bülent,Çağla,Doğukan,Esra,Ferhat,Gökçe,Işıl,İdil,Oğuz,Şebnem,Tuğçe,Ümit,Yağız',
    family: 'Papatyacı,Söğütdalı,Kestanelik,Ihlamurcu,Leylekyuva,Değirmenönü,Üvezlik,İğdeci,Çınardibi,Pusulacı,Defneli',
    titles: ['Genel Müdür', 'Dış Ticaret Müdürü', 'Yönetim Kurulu Üyesi'],
    phone: (n) => `+90 212 555 01 ${pad(n % 100, 2)}`,
  },
  {
    count: 40,
    locale: 'ru',
    countries: ['AZ', 'KZ', 'GE', 'Kazakhstan'],
    first: 'Северная,Тихая,Янтарная,Льняная,Вишнёвая,Дальняя,Узорная',
    second: 'Чинара,Цапля,Пристань,Мельница,Рябина,Черепица,Ладья',
    trade: 'Логистика,Энергия,Агро,Техника,Финанс',
    legal: ['ООО «*»', 'ЗАО «*»', 'ТОО «*»'],
    given: 'Аделина,Богдан,Варвара,Герман,Дарина,Захар,Инга,Клим,Майя,Прохор,Фёдор,Эльвира',
    family: 'Чинарных,Цаплинских,Тополинских,Журавинко,Ольховенко,Щавеленко,Ягодинских,Жасминенко',
    titles: ['Директор', 'Коммерческий директор', 'Руководитель отдела экспорта'],
    phone: (n) => `+994 12 555 7${pad(n, 3)}`,
  },
];

const SECTORS = {
  'Enerji|Energy|Энергия': 'energy',
  'Lojistika|Logistics|Lojistik|Логистика': 'transport; trade',
  'Texnologiya|Telekom|Analytics|Networks|Yazılım|Техника': 'ict',
  'İnşaat|Engineering|Instruments': 'infrastructure; industry',
  'Aqro|Foods|Gıda|Агро': 'agriculture',
  'Maliyyə|Capital|Финанс': 'finance',
};
const LATIN = Object.fromEntries(
  'ə=a ğ=gh ı=i ş=sh ç=ch ö=o ü=u а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya ’='
    .split(' ')
    .map((pair) => pair.split('=')),
);

let state = 20260310;

/** A number from 0 up to, but without, `below`: the mulberry32 generator. */
function random(below) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
}

function pick(list) {
  return list[random(list.length)];
}

function pad(number, width) {
  return String(number).padStart(width, '0');
}

function words(text) {
  return text.split(',');
}

function slug(text) {
  const lower = text.replaceAll('İ', 'i').replaceAll('I', 'i').toLowerCase();
  const latin = [...lower].map((char) => LATIN[char] ?? char).join('');
  return latin.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/** The `index`-th organization of a world: every pair of first and second word is used at most once. */
function organization(world, index) {
  const [first, second] = [words(world.first), words(world.second)];
  const name = `${first[index % first.length]} ${second[(index + Math.floor(index / first.length)) % second.length]}`;
  const trade = pick(words(world.trade));
  const full = `${name} ${trade}`;
  const kind = random(12) === 0 ? 'nonprofit' : 'company';
  const [joined, starts] = [`${2014 + random(11)}`, `${pad(1 + random(12), 2)}-01`];
  const started = starts > '03-01' ? 2025 : 2026;
  return {
    Organization: full,
    'Legal name': pick(world.legal).replace('*', full),
    Kind: kind,
    Website: random(8) === 0 ? '' : `https://www.${slug(full)}.example.com`,
    Country: pick(world.countries),
    Sectors: Object.entries(SECTORS).find(([trades]) => trades.split('|').includes(trade))?.[1] ?? 'services',
    Tags: pick(['', '', 'exporter', 'founding member', 'exporter; newsletter']),
    Tier: kind === 'nonprofit' ? 'associate' : pick(['platinum', 'gold', 'gold', 'silver', 'silver', 'silver']),
    'Joined on': `${joined}-${starts}`,
    'Starts on': `${started}-${starts}`,
    'Ends on': lastDay(started + 1, starts),
  };
}

/** The day before the membership year begins anew. */
function lastDay(year, monthAndDay) {
  return new Date(Date.parse(`${year}-${monthAndDay}`) - 86_400_000).toISOString().slice(0, 10);
}

/** The `number`-th contact: the counter walks through every pair of given and family name of a world. */
function contact(world, number, domain) {
  const [given, family] = [words(world.given), words(world.family)];
  const names = [given[number % given.length], family[(number + Math.floor(number / given.length)) % family.length]];
  return {
    'Contact name': random(4) === 0 ? '' : names.join(' '),
    'Given name': names[0],
    'Family name': names[1],
    Title: pick(world.titles),
    Email: random(25) === 0 ? '' : `${slug(names[0])}.${slug(names[1])}@${domain}.example.com`,
    Phone: random(6) === 0 ? '' : world.phone(number),
    Locale: world.locale,
    Notes: '',
  };
}

function membersOf(world) {
  const rows = [];
  for (let index = 0; index < world.count; index++) {
    const about = organization(world, index);
    const contacts = index % 7 === 3 ? 2 + random(2) : 1;
    for (let n = 0; n < contacts; n++) {
      rows.push({ ...about, ...contact(world, rows.length, slug(about.Organization)) });
    }
  }
  return rows;
}

const rows = WORLDS.flatMap(membersOf);

// Unusual, but right.
rows[11].Notes =
  'Prefers meetings after 16:00, Baku time.\r\nSpeaks "very little" English, please send an interpreter.';
rows[59].Notes = 'Board member, 2019–2023; "honorary" since';
rows[102].Notes = '=1+1 is how this member likes to sign, keep as text';
rows[333]['Contact name'] = `  ${rows[333]['Given name']}   ${rows[333]['Family name']} `;

const BREAKS = [
  ['`email` has two @ signs', (row) => set(row, 'Email', `info@@${slug(row.Organization)}.example.com`)],
  ['`startsOn` is 2026-02-30, a day that does not exist', (row) => set(row, 'Starts on', '2026-02-30')],
  ['`endsOn` is before `startsOn`', (row) => set(row, 'Ends on', '2024-12-31')],
  ['no organization', (row) => ({ ...row, Organization: '', 'Legal name': '', Website: '' })],
  ['tier `diamond` does not exist', (row) => set(row, 'Tier', 'diamond')],
  ['country `Atlantis` does not exist', (row) => set(row, 'Country', 'Atlantis')],
  ['letters in `phone`', (row) => set(row, 'Phone', '+99412555CALL')],
  ['`joinedOn` is 03/04/2026: March or April', (row) => set(row, 'Joined on', '03/04/2026')],
  ['two cells too many', (row) => [...Object.values(row), 'extra', 'cells']],
  ['cut off after eight cells', (row) => Object.values(row).slice(0, 8)],
  ['the row before, once more (no error: nothing to change)', (row, before) => ({ ...before })],
  [
    '`email` belongs to the contact of the row before, another person',
    (row, before) => set(row, 'Email', before.Email),
  ],
  [
    'a control character (U+0007) in the contact name',
    (row) => set(row, 'Contact name', `${row['Given name']}\u0007 ${row['Family name']}`),
  ],
  ['`website` is not an address', (row) => set(row, 'Website', 'http://')],
  ['letters lost before export (U+FFFD) in `organization`', (row) => set(row, 'Organization', 'Z\ufffdmr\ufffdd Aqro')],
  ['`endsOn` is `31 December`, without a year', (row) => set(row, 'Ends on', '31 December')],
];
function set(row, header, value) {
  return { ...row, [header]: value };
}

const table = BREAKS.map(([fault, broken], n) => {
  let at = 28 + n * 29;
  while (rows[at].Organization === rows[at - 1].Organization || !rows[at - 1].Email) at++;
  rows[at] = broken(rows[at], rows[at - 1]);
  return `| ${at + 1} | ${fault} |`;
});

function cell(value) {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

const lines = rows.map((row) => Object.values(row).map(cell).join(','));
writeFileSync(new URL('members-2026.csv', import.meta.url), `\ufeff${[HEADERS, ...lines].join('\r\n')}\r\n`);
process.stdout.write(`${table.join('\n')}\n${rows.length} rows\n`);
