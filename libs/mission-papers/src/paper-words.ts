import type { PdfLanguage } from '#documents';

/** What papers say. */
export interface PaperWords {
  mission: string;
  dates: string;
  hostCountry: string;
  cities: string;
  role: string;
  representing: string;
  sponsor: string;
  arrival: string;
  departure: string;
  purpose: string;
  letter: {
    title: string;
    subject: (mission: string) => string;
    dear: (name: string) => string;
    invites: (chamber: string) => string;
    visa: string;
    closing: string;
  };
  book: {
    title: string;
    copyOf: (name: string) => string;
    asOf: (when: string) => string;
    contents: string;
    schedule: string;
    noSchedule: string;
    all: string;
    nextDay: string;
    whoIsWho: string;
    delegates: string;
    noDelegates: string;
    hostContacts: string;
    noContacts: string;
    noTitle: string;
    source: (source: string) => string;
    titleAsOf: (date: string) => string;
    hosts: string;
    noHosts: string;
    kind: string;
    country: string;
    website: string;
    sectors: string;
    contact: string;
    fit: string;
    notYetConfirmed: string;
    pastMeetings: string;
    noPastMeetings: string;
    earlier: (count: number) => string;
    commitments: string;
    noCommitments: string;
    promise: string;
    promisedBy: string;
    promisedTo: string;
    due: string;
    practical: string;
    times: string;
    stays: string;
    name: string;
    dietary: string;
    noDietary: string;
  };
}

export const WORDS: Record<PdfLanguage, PaperWords> = {
  en: {
    mission: 'Trade mission',
    dates: 'Dates',
    hostCountry: 'Host country',
    cities: 'Cities',
    role: 'Role',
    representing: 'Representing',
    sponsor: 'Sponsor',
    arrival: 'Arrival',
    departure: 'Departure',
    purpose: 'Purpose',
    letter: {
      title: 'Invitation letter',
      subject: (mission) => `Invitation to take part in the trade mission “${mission}”`,
      dear: (name) => `Dear ${name},`,
      invites: (chamber) =>
        `${chamber} has the honor of inviting you to take part in the trade mission described below.`,
      visa: 'This letter may be presented with applications for the visas and entry permits that the journey requires.',
      closing: 'Yours sincerely,',
    },
    book: {
      title: 'Briefing book',
      copyOf: (name) => `Personal copy of ${name}`,
      asOf: (when) => `As of ${when}`,
      contents: 'Contents',
      schedule: 'Schedule',
      noSchedule: 'Nothing is scheduled yet.',
      all: 'All delegates',
      nextDay: 'Times are those of the place, on a 24-hour clock; +1 means on the next day.',
      whoIsWho: 'Who is who',
      delegates: 'Delegates',
      noDelegates: 'No delegates yet.',
      hostContacts: 'Contacts at the hosts',
      noContacts: 'No contacts at hosts yet.',
      noTitle: 'No title known.',
      source: (source) => `source: ${source}`,
      titleAsOf: (date) => `written down on ${date}`,
      hosts: 'Hosts',
      noHosts: 'No hosts yet.',
      kind: 'Kind',
      country: 'Country',
      website: 'Website',
      sectors: 'Sectors',
      contact: 'Contact',
      fit: 'Why we meet',
      notYetConfirmed: 'not yet confirmed',
      pastMeetings: 'Past meetings',
      noPastMeetings: 'None known.',
      earlier: (count) => (count === 1 ? 'and one earlier meeting' : `and ${count} earlier meetings`),
      commitments: 'Open commitments',
      noCommitments: 'No open commitments.',
      promise: 'What was promised',
      promisedBy: 'By',
      promisedTo: 'To',
      due: 'Due',
      practical: 'Practical notes',
      times: 'Clocks',
      stays: 'Arrivals and departures',
      name: 'Name',
      dietary: 'Dietary needs',
      noDietary: 'None reported.',
    },
  },
  az: {
    mission: 'Ticarət missiyası',
    dates: 'Tarixlər',
    hostCountry: 'Qəbul edən ölkə',
    cities: 'Şəhərlər',
    role: 'Missiyadakı rolu',
    representing: 'Təmsil etdiyi təşkilat',
    sponsor: 'Sponsor',
    arrival: 'Gəliş',
    departure: 'Gediş',
    purpose: 'Məqsəd',
    letter: {
      title: 'Dəvət məktubu',
      subject: (mission) => `“${mission}” ticarət missiyasında iştiraka dəvət`,
      dear: (name) => `Hörmətli ${name},`,
      invites: (chamber) =>
        `${chamber} Sizi aşağıda təsvir olunan ticarət missiyasında iştirak etməyə dəvət etməkdən şərəf duyur.`,
      visa: 'Bu məktub səfər üçün tələb olunan viza və giriş icazələri ilə bağlı müraciətlərə əlavə edilə bilər.',
      closing: 'Hörmətlə,',
    },
    book: {
      title: 'Məlumat kitabçası',
      copyOf: (name) => `Şəxsi nüsxə: ${name}`,
      asOf: (when) => `Məlumatın tarixi: ${when}`,
      contents: 'Mündəricat',
      schedule: 'Proqram',
      noSchedule: 'Hələ heç nə planlaşdırılmayıb.',
      all: 'Bütün nümayəndə heyəti',
      nextDay: 'Vaxtlar yerli vaxtla, 24 saatlıq formatda göstərilir; +1 növbəti gün deməkdir.',
      whoIsWho: 'Kim kimdir',
      delegates: 'Nümayəndə heyəti',
      noDelegates: 'Hələ nümayəndə yoxdur.',
      hostContacts: 'Qəbul edən tərəfin əlaqələndiriciləri',
      noContacts: 'Qəbul edən tərəfdən hələ əlaqələndirici yoxdur.',
      noTitle: 'Vəzifəsi məlum deyil.',
      source: (source) => `mənbə: ${source}`,
      titleAsOf: (date) => `qeydə alınıb: ${date}`,
      hosts: 'Qəbul edən təşkilatlar',
      noHosts: 'Hələ qəbul edən təşkilat yoxdur.',
      kind: 'Növü',
      country: 'Ölkə',
      website: 'Veb-sayt',
      sectors: 'Sahələr',
      contact: 'Əlaqələndirici',
      fit: 'Görüşün məqsədi',
      notYetConfirmed: 'hələ təsdiqlənməyib',
      pastMeetings: 'Əvvəlki görüşlər',
      noPastMeetings: 'Məlum deyil.',
      earlier: (count) => `və daha əvvəl ${count} görüş`,
      commitments: 'Açıq öhdəliklər',
      noCommitments: 'Açıq öhdəlik yoxdur.',
      promise: 'Öhdəlik',
      promisedBy: 'Kim',
      promisedTo: 'Kimə',
      due: 'Son tarix',
      practical: 'Praktiki məlumat',
      times: 'Saat qurşaqları',
      stays: 'Gəliş və gediş',
      name: 'Ad',
      dietary: 'Qida ilə bağlı tələblər',
      noDietary: 'Bildirilməyib.',
    },
  },
  ru: {
    mission: 'Торговая миссия',
    dates: 'Даты',
    hostCountry: 'Принимающая страна',
    cities: 'Города',
    role: 'В качестве',
    representing: 'От организации',
    sponsor: 'Спонсор',
    arrival: 'Прибытие',
    departure: 'Отъезд',
    purpose: 'Цель',
    letter: {
      title: 'Письмо-приглашение',
      subject: (mission) => `Приглашение принять участие в торговой миссии «${mission}»`,
      dear: (name) => `Уважаемый(-ая) ${name}!`,
      invites: (chamber) => `${chamber} имеет честь пригласить Вас принять участие в торговой миссии, описанной ниже.`,
      visa: 'Это письмо может быть приложено к заявлениям о выдаче виз и разрешений на въезд, необходимых для поездки.',
      closing: 'С уважением,',
    },
    book: {
      title: 'Справочник участника',
      copyOf: (name) => `Личный экземпляр: ${name}`,
      asOf: (when) => `По состоянию на ${when}`,
      contents: 'Содержание',
      schedule: 'Программа',
      noSchedule: 'Пока ничего не запланировано.',
      all: 'Вся делегация',
      nextDay: 'Указано местное время в 24-часовом формате; +1 означает следующий день.',
      whoIsWho: 'Кто есть кто',
      delegates: 'Делегация',
      noDelegates: 'Делегатов пока нет.',
      hostContacts: 'Контактные лица принимающей стороны',
      noContacts: 'Контактных лиц принимающей стороны пока нет.',
      noTitle: 'Должность неизвестна.',
      source: (source) => `источник: ${source}`,
      titleAsOf: (date) => `запись от ${date}`,
      hosts: 'Принимающие организации',
      noHosts: 'Принимающих организаций пока нет.',
      kind: 'Вид',
      country: 'Страна',
      website: 'Сайт',
      sectors: 'Отрасли',
      contact: 'Контактное лицо',
      fit: 'Цель встречи',
      notYetConfirmed: 'ещё не подтверждено',
      pastMeetings: 'Прошлые встречи',
      noPastMeetings: 'Нет сведений.',
      earlier: (count) => `и ранее встреч: ${count}`,
      commitments: 'Открытые обязательства',
      noCommitments: 'Открытых обязательств нет.',
      promise: 'Обязательство',
      promisedBy: 'Кто',
      promisedTo: 'Кому',
      due: 'Срок',
      practical: 'Полезные сведения',
      times: 'Часовые пояса',
      stays: 'Прибытие и отъезд',
      name: 'Имя',
      dietary: 'Особенности питания',
      noDietary: 'Не сообщалось.',
    },
  },
};

/** The language of papers nearest to a BCP 47 tag; English where there is none. */
export const paperLanguage = (locale: string | null): PdfLanguage => {
  const language = (locale ?? '').toLowerCase().split('-')[0] ?? '';
  return language in WORDS ? (language as PdfLanguage) : 'en';
};
