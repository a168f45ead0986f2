import type { PdfLanguage } from '#documents';
import type { WarningCode } from './brief.js';

/** `1 day`, `2 days`. */
export const many = (count: number, one: string, others: string): string => `${count} ${count === 1 ? one : others}`;

/** What to mind, by the count of the warning. */
export const WARNING_WORDS: Record<PdfLanguage, Record<WarningCode, (count: number) => string>> = {
  en: {
    no_contact: (days) => `No contact for ${many(days, 'day', 'days')}.`,
    never_contacted: () => 'No contact with them is on record.',
    contact_undated: () => 'There was contact, but nobody knows when.',
    overdue_by_us: (count) => `${many(count, 'promise', 'promises')} of ours to them overdue.`,
    overdue_by_them: (count) => `${many(count, 'promise', 'promises')} of theirs overdue.`,
    overdue_tasks: (count) => `${many(count, 'task', 'tasks')} about them overdue.`,
    not_logged: (count) =>
      `${many(count, 'planned meeting is', 'planned meetings are')} over, and nobody has noted what came of ${count === 1 ? 'it' : 'them'}.`,
    titles_without_source: (count) => `${many(count, 'title', 'titles')} without a source: better ask.`,
    old_titles: (count) => `${many(count, 'title', 'titles')} noted more than a year ago: better ask.`,
    no_title: () => 'No present title is known.',
  },
  az: {
    no_contact: (days) => `${days} gündür əlaqə olmayıb.`,
    never_contacted: () => 'Onlarla heç bir əlaqə qeydə alınmayıb.',
    contact_undated: () => 'Əlaqə olub, lakin tarixi məlum deyil.',
    overdue_by_us: (count) => `Onlara verdiyimiz vaxtı keçmiş öhdəliklər: ${count}.`,
    overdue_by_them: (count) => `Onların vaxtı keçmiş öhdəlikləri: ${count}.`,
    overdue_tasks: (count) => `Onlarla bağlı vaxtı keçmiş tapşırıqlar: ${count}.`,
    not_logged: (count) => `Vaxtı keçmiş, nəticəsi qeyd olunmamış görüşlər: ${count}.`,
    titles_without_source: (count) => `Mənbəyi göstərilməyən vəzifələr: ${count}. Dəqiqləşdirmək yaxşı olar.`,
    old_titles: (count) => `Bir ildən çox əvvəl qeyd edilmiş vəzifələr: ${count}. Dəqiqləşdirmək yaxşı olar.`,
    no_title: () => 'Hazırkı vəzifəsi məlum deyil.',
  },
  ru: {
    no_contact: (days) => `Дней без контакта: ${days}.`,
    never_contacted: () => 'Контактов с ними не зафиксировано.',
    contact_undated: () => 'Контакт был, но когда — неизвестно.',
    overdue_by_us: (count) => `Просроченных наших обязательств перед ними: ${count}.`,
    overdue_by_them: (count) => `Просроченных обязательств с их стороны: ${count}.`,
    overdue_tasks: (count) => `Просроченных задач, связанных с ними: ${count}.`,
    not_logged: (count) => `Прошедших встреч без записи о результате: ${count}.`,
    titles_without_source: (count) => `Должностей без источника: ${count}. Лучше уточнить.`,
    old_titles: (count) => `Должностей, записанных более года назад: ${count}. Лучше уточнить.`,
    no_title: () => 'Нынешняя должность неизвестна.',
  },
};
