import type { PdfLanguage } from '#documents';
import { many } from './brief-warning-words.js';

/** What a brief on paper says. */
export interface BriefWords {
  title: string;
  preparedFor: (name: string, when: string) => string;
  mayKnow: string;
  withSubsidiaries: (count: number) => string;
  archived: string;
  nothingYet: (house: string) => string;
  nothingOf: (what: string) => string;
  mind: string;
  who: string;
  kind: string;
  country: string;
  website: string;
  sectors: string;
  parent: string;
  children: string;
  membership: string;
  memberUntil: (status: string, tier: string, date: string) => string;
  through: (organization: string) => string;
  notes: string;
  contacts: string;
  primary: string;
  formerly: string;
  noTitle: string;
  source: (source: string) => string;
  noSource: string;
  asOf: (date: string) => string;
  andMore: (count: number) => string;
  lastContact: string;
  daysAgo: (days: number, atLeast: boolean) => string;
  by: (names: string) => string;
  loggedBy: (name: string) => string;
  unknownDate: string;
  upcoming: string;
  past: string;
  unlogged: string;
  restricted: string;
  theirs: string;
  ours: string;
  conference: string;
  commitments: string;
  byUs: (house: string) => string;
  byThem: string;
  byOthers: string;
  what: string;
  promisedBy: string;
  promisedTo: string;
  due: string;
  overdue: string;
  deals: string;
  deal: string;
  stageSince: string;
  value: string;
  owner: string;
  since: (date: string) => string;
  agreements: string;
  agreement: string;
  status: string;
  signed: string;
  tasks: string;
  task: string;
  assignee: string;
}

export const BRIEF_WORDS: Record<PdfLanguage, BriefWords> = {
  en: {
    title: 'Pre-brief',
    preparedFor: (name, when) => `Prepared for ${name}, ${when}.`,
    mayKnow: 'It tells and counts what this reader may see.',
    withSubsidiaries: (count) => `Counted with ${many(count, 'subsidiary', 'subsidiaries')}.`,
    archived: 'No longer in the directory.',
    nothingYet: (house) =>
      `${house} has not met them yet, and nothing is open between the two. A good moment to begin: what comes of the meeting will stand here next time.`,
    nothingOf: (what) => `Nothing is known of: ${what}.`,
    mind: 'Mind',
    who: 'Who they are',
    kind: 'Kind',
    country: 'Country',
    website: 'Website',
    sectors: 'Sectors',
    parent: 'Part of',
    children: 'Subsidiaries',
    membership: 'Membership',
    memberUntil: (status, tier, date) => `${status} (${tier}, until ${date})`,
    through: (organization) => `through ${organization}`,
    notes: 'Notes',
    contacts: 'People there',
    primary: 'main contact',
    formerly: 'Formerly',
    noTitle: 'No title known.',
    source: (source) => `source: ${source}`,
    noSource: 'no source',
    asOf: (date) => `written down on ${date}`,
    andMore: (count) => `and ${count} more`,
    lastContact: 'Last contact',
    daysAgo: (days, atLeast) =>
      days === 0 ? 'today' : `${atLeast ? 'at least ' : ''}${many(days, 'day', 'days')} ago`,
    by: (names) => `with ${names}`,
    loggedBy: (name) => `written down by ${name}`,
    unknownDate: 'date not known',
    upcoming: 'Coming up',
    past: 'Past meetings',
    unlogged: 'Planned, and nothing noted since',
    restricted: 'Confidential',
    theirs: 'Theirs',
    ours: 'Ours',
    conference: 'Conference',
    commitments: 'Open commitments',
    byUs: (house) => `${house} promised them`,
    byThem: 'They promised',
    byOthers: 'Others promised them',
    what: 'What was promised',
    promisedBy: 'By',
    promisedTo: 'To',
    due: 'Due',
    overdue: 'overdue',
    deals: 'Deals',
    deal: 'Deal, and their part in it',
    stageSince: 'Stage',
    value: 'Value',
    owner: 'Our owner',
    since: (date) => `since ${date}`,
    agreements: 'Agreements',
    agreement: 'Agreement',
    status: 'Status',
    signed: 'Signed',
    tasks: 'Open tasks',
    task: 'Task',
    assignee: 'Who',
  },
  az: {
    title: 'Görüşqabağı arayış',
    preparedFor: (name, when) => `Kimin üçün hazırlanıb: ${name}; ${when}.`,
    mayKnow: 'Burada yalnız bu oxucunun görə bildiyi məlumat verilir və sayılır.',
    withSubsidiaries: (count) => `Törəmə təşkilatlar da nəzərə alınıb: ${count}.`,
    archived: 'Artıq məlumat bazasında deyil.',
    nothingYet: (house) =>
      `${house} onlarla hələ görüşməyib və aralarında açıq məsələ yoxdur. Başlamaq üçün yaxşı fürsətdir: görüşün nəticəsi növbəti dəfə burada yer alacaq.`,
    nothingOf: (what) => `Məlumat yoxdur: ${what}.`,
    mind: 'Nəzərə alın',
    who: 'Kimdir',
    kind: 'Növü',
    country: 'Ölkə',
    website: 'Veb-sayt',
    sectors: 'Sahələr',
    parent: 'Tabe olduğu təşkilat',
    children: 'Törəmə təşkilatlar',
    membership: 'Üzvlük',
    memberUntil: (status, tier, date) => `${status} (${tier}, ${date} tarixinədək)`,
    through: (organization) => `${organization} vasitəsilə`,
    notes: 'Qeydlər',
    contacts: 'Oradakı şəxslər',
    primary: 'əsas əlaqə',
    formerly: 'Əvvəlki vəzifələri',
    noTitle: 'Vəzifəsi məlum deyil.',
    source: (source) => `mənbə: ${source}`,
    noSource: 'mənbə göstərilməyib',
    asOf: (date) => `qeydə alınıb: ${date}`,
    andMore: (count) => `və daha ${count}`,
    lastContact: 'Son əlaqə',
    daysAgo: (days, atLeast) => (days === 0 ? 'bu gün' : `${atLeast ? 'ən azı ' : ''}${days} gün əvvəl`),
    by: (names) => `bizdən: ${names}`,
    loggedBy: (name) => `qeydə alan: ${name}`,
    unknownDate: 'tarixi məlum deyil',
    upcoming: 'Qarşıdakı görüşlər',
    past: 'Əvvəlki görüşlər',
    unlogged: 'Planlaşdırılıb, nəticəsi qeyd olunmayıb',
    restricted: 'Məxfi',
    theirs: 'Onlardan',
    ours: 'Bizdən',
    conference: 'Konfrans',
    commitments: 'Açıq öhdəliklər',
    byUs: (house) => `${house} onlara söz verib`,
    byThem: 'Onlar söz verib',
    byOthers: 'Başqaları onlara söz verib',
    what: 'Öhdəlik',
    promisedBy: 'Kim',
    promisedTo: 'Kimə',
    due: 'Son tarix',
    overdue: 'vaxtı keçib',
    deals: 'Sövdələşmələr',
    deal: 'Sövdələşmə və onların rolu',
    stageSince: 'Mərhələ',
    value: 'Məbləğ',
    owner: 'Bizdən məsul',
    since: (date) => `${date} tarixindən`,
    agreements: 'Sazişlər',
    agreement: 'Saziş',
    status: 'Vəziyyəti',
    signed: 'İmzalanıb',
    tasks: 'Açıq tapşırıqlar',
    task: 'Tapşırıq',
    assignee: 'İcraçı',
  },
  ru: {
    title: 'Справка к встрече',
    preparedFor: (name, when) => `Подготовлено для: ${name}; ${when}.`,
    mayKnow: 'Здесь показано и посчитано только то, что доступно этому читателю.',
    withSubsidiaries: (count) => `Учтены и дочерние организации: ${count}.`,
    archived: 'Больше не значится в справочнике.',
    nothingYet: (house) =>
      `Встреч с ними у нас (${house}) ещё не было, и открытых вопросов нет. Хороший повод начать: итоги встречи появятся здесь в следующий раз.`,
    nothingOf: (what) => `Сведений нет: ${what}.`,
    mind: 'Обратите внимание',
    who: 'Кто это',
    kind: 'Вид',
    country: 'Страна',
    website: 'Сайт',
    sectors: 'Отрасли',
    parent: 'Входит в',
    children: 'Дочерние организации',
    membership: 'Членство',
    memberUntil: (status, tier, date) => `${status} (${tier}, до ${date})`,
    through: (organization) => `через ${organization}`,
    notes: 'Заметки',
    contacts: 'Люди там',
    primary: 'основной контакт',
    formerly: 'Прежние должности',
    noTitle: 'Должность неизвестна.',
    source: (source) => `источник: ${source}`,
    noSource: 'источник не указан',
    asOf: (date) => `запись от ${date}`,
    andMore: (count) => `и ещё ${count}`,
    lastContact: 'Последний контакт',
    daysAgo: (days, atLeast) => (days === 0 ? 'сегодня' : `дней назад: ${atLeast ? 'не менее ' : ''}${days}`),
    by: (names) => `с нашей стороны: ${names}`,
    loggedBy: (name) => `запись: ${name}`,
    unknownDate: 'дата неизвестна',
    upcoming: 'Предстоит',
    past: 'Прошлые встречи',
    unlogged: 'Было запланировано, результат не записан',
    restricted: 'Конфиденциально',
    theirs: 'С их стороны',
    ours: 'С нашей стороны',
    conference: 'Конференция',
    commitments: 'Открытые обязательства',
    byUs: (house) => `Обещано им с нашей стороны (${house})`,
    byThem: 'Они обещали',
    byOthers: 'Другие обещали им',
    what: 'Обязательство',
    promisedBy: 'Кто',
    promisedTo: 'Кому',
    due: 'Срок',
    overdue: 'просрочено',
    deals: 'Сделки',
    deal: 'Сделка и их роль в ней',
    stageSince: 'Стадия',
    value: 'Сумма',
    owner: 'Наш ответственный',
    since: (date) => `с ${date}`,
    agreements: 'Соглашения',
    agreement: 'Соглашение',
    status: 'Состояние',
    signed: 'Подписано',
    tasks: 'Открытые задачи',
    task: 'Задача',
    assignee: 'Исполнитель',
  },
};
