import type { PdfLanguage } from '#documents';
import type { OrganizationKind } from '#members';
import type { SideMeetingKind } from '#side-meetings';
import type { DelegateRole, ITINERARY_KINDS } from '#trade-missions';

/** Words for codes in each language of papers. */
export type InWords<Code extends string> = Record<PdfLanguage, Record<Code, string>>;

export const ROLES: InWords<DelegateRole> = {
  en: {
    head: 'Head of the delegation',
    delegate: 'Delegate',
    observer: 'Observer',
    interpreter: 'Interpreter',
    escort: 'Escort',
  },
  az: {
    head: 'Nümayəndə heyətinin rəhbəri',
    delegate: 'Nümayəndə heyətinin üzvü',
    observer: 'Müşahidəçi',
    interpreter: 'Tərcüməçi',
    escort: 'Müşayiət edən',
  },
  ru: {
    head: 'Глава делегации',
    delegate: 'Член делегации',
    observer: 'Наблюдатель',
    interpreter: 'Переводчик',
    escort: 'Сопровождающий',
  },
};

export const ORGANIZATION_KINDS: InWords<OrganizationKind> = {
  en: {
    company: 'Company',
    state_owned_enterprise: 'State-owned enterprise',
    ministry: 'Ministry',
    government_agency: 'Government agency',
    department: 'Government department',
    department_unit: 'Unit of a government department',
    embassy: 'Embassy',
    legislature: 'Legislature',
    parliamentary_committee: 'Parliamentary committee',
    export_credit_agency: 'Export credit agency',
    development_finance_institution: 'Development finance institution',
    bank: 'Bank',
    chamber: 'Chamber of commerce',
    association: 'Association',
    university: 'University',
    nonprofit: 'Nonprofit organization',
    media: 'Media',
    other: 'Organization',
  },
  az: {
    company: 'Şirkət',
    state_owned_enterprise: 'Dövlət müəssisəsi',
    ministry: 'Nazirlik',
    government_agency: 'Dövlət agentliyi',
    department: 'Dövlət departamenti',
    department_unit: 'Dövlət departamentinin bölməsi',
    embassy: 'Səfirlik',
    legislature: 'Qanunverici orqan',
    parliamentary_committee: 'Parlament komitəsi',
    export_credit_agency: 'İxrac kredit agentliyi',
    development_finance_institution: 'İnkişafın maliyyələşdirilməsi qurumu',
    bank: 'Bank',
    chamber: 'Ticarət palatası',
    association: 'Assosiasiya',
    university: 'Universitet',
    nonprofit: 'Qeyri-kommersiya təşkilatı',
    media: 'KİV',
    other: 'Təşkilat',
  },
  ru: {
    company: 'Компания',
    state_owned_enterprise: 'Государственное предприятие',
    ministry: 'Министерство',
    government_agency: 'Государственное агентство',
    department: 'Государственный департамент',
    department_unit: 'Подразделение государственного департамента',
    embassy: 'Посольство',
    legislature: 'Законодательный орган',
    parliamentary_committee: 'Парламентский комитет',
    export_credit_agency: 'Экспортно-кредитное агентство',
    development_finance_institution: 'Институт финансирования развития',
    bank: 'Банк',
    chamber: 'Торговая палата',
    association: 'Ассоциация',
    university: 'Университет',
    nonprofit: 'Некоммерческая организация',
    media: 'СМИ',
    other: 'Организация',
  },
};

/** What stands in the schedule: kinds of the itinerary, and of meetings. */
export const ENTRY_KINDS: InWords<(typeof ITINERARY_KINDS)[number] | SideMeetingKind> = {
  en: {
    arrival: 'Arrival',
    departure: 'Departure',
    travel: 'Travel',
    hotel: 'Hotel',
    orientation: 'Orientation',
    business_briefing: 'Business briefing',
    meeting: 'Meeting',
    one_on_ones: 'One-on-one meetings',
    site_visit: 'Site visit',
    reception: 'Reception',
    meal: 'Meal',
    press: 'Press',
    debrief: 'Debriefing',
    free_time: 'Free time',
    other: 'Other',
    bilateral: 'Bilateral meeting',
    roundtable: 'Roundtable',
    courtesy_call: 'Courtesy call',
    one_on_one: 'One-on-one meeting',
    call: 'Call',
  },
  az: {
    arrival: 'Gəliş',
    departure: 'Yola düşmə',
    travel: 'Yol',
    hotel: 'Mehmanxana',
    orientation: 'Tanışlıq',
    business_briefing: 'İşgüzar brifinq',
    meeting: 'Görüş',
    one_on_ones: 'Təkbətək görüşlər',
    site_visit: 'Obyektə baş çəkmə',
    reception: 'Qəbul',
    meal: 'Yemək',
    press: 'Mətbuat',
    debrief: 'Yekun müzakirə',
    free_time: 'Sərbəst vaxt',
    other: 'Digər',
    bilateral: 'İkitərəfli görüş',
    roundtable: 'Dəyirmi masa',
    courtesy_call: 'Nəzakət görüşü',
    one_on_one: 'Təkbətək görüş',
    call: 'Zəng',
  },
  ru: {
    arrival: 'Прибытие',
    departure: 'Отъезд',
    travel: 'Переезд',
    hotel: 'Гостиница',
    orientation: 'Вводная встреча',
    business_briefing: 'Деловой брифинг',
    meeting: 'Встреча',
    one_on_ones: 'Встречи один на один',
    site_visit: 'Посещение объекта',
    reception: 'Приём',
    meal: 'Приём пищи',
    press: 'Пресса',
    debrief: 'Подведение итогов',
    free_time: 'Свободное время',
    other: 'Прочее',
    bilateral: 'Двусторонняя встреча',
    roundtable: 'Круглый стол',
    courtesy_call: 'Протокольная встреча',
    one_on_one: 'Встреча один на один',
    call: 'Звонок',
  },
};

/** The words for a code; a mission's own word as it is, without underscores. */
export function inWords<Code extends string>(words: InWords<Code>, code: string, language: PdfLanguage): string {
  const known = words[language] as Partial<Record<string, string>>;
  return (Object.hasOwn(known, code) ? known[code] : undefined) ?? code.replaceAll('_', ' ');
}

/** Name of a country by its ISO 3166-1 alpha-2 code; the code where there is none. */
export const countryInWords = (code: string, language: PdfLanguage): string =>
  new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(code) ?? code;
