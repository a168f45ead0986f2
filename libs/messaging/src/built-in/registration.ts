import { DETAIL_LABELS, details } from './details.js';

const text = (...lines: string[]): string => `<mj-text>${lines.join('<br />')}</mj-text>`;

/** The code in words and as a picture that a scanner reads. */
const code = (label: string, use: string): string =>
  `<mj-text>${label}: <b>{{code}}</b><br />${use}</mj-text><mj-image src="cid:code" alt="{{code}}" width="174px" />`;

const CODE = {
  en: code('Your code', 'Please show it at the entrance, on your phone or on paper.'),
  az: code('Kodunuz', 'Zəhmət olmasa, onu girişdə telefonda və ya kağızda göstərin.'),
  ru: code('Ваш код', 'Пожалуйста, покажите его на входе: на телефоне или на бумаге.'),
};

/** To somebody who has a place. */
export const REGISTRATION_CONFIRMED = {
  en: {
    subject: 'Registration confirmed: {{title}}',
    body: `${text('Dear {{recipientName}},', 'your registration is confirmed. We look forward to seeing you.')}${details(DETAIL_LABELS.en)}${CODE.en}`,
  },
  az: {
    subject: 'Qeydiyyatınız təsdiqləndi: {{title}}',
    body: `${text('Hörmətli {{recipientName}},', 'qeydiyyatınız təsdiqləndi. Sizi gözləyirik.')}${details(DETAIL_LABELS.az)}${CODE.az}`,
  },
  ru: {
    subject: 'Регистрация подтверждена: {{title}}',
    body: `${text('Здравствуйте, {{recipientName}}!', 'Ваша регистрация подтверждена. Будем рады видеть вас.')}${details(DETAIL_LABELS.ru)}${CODE.ru}`,
  },
};

/** To somebody in the line for a place. */
export const REGISTRATION_WAITLISTED = {
  en: {
    subject: 'Waiting list: {{title}}',
    body: `${text('Dear {{recipientName}},', 'all places are taken at the moment. You are on the waiting list, at number {{position}}.', 'As soon as a place becomes free for you, we will write to you.')}${details(DETAIL_LABELS.en)}`,
  },
  az: {
    subject: 'Gözləmə siyahısı: {{title}}',
    body: `${text('Hörmətli {{recipientName}},', 'hazırda bütün yerlər tutulub. Siz gözləmə siyahısındasınız, sıra nömrəniz: {{position}}.', 'Sizin üçün yer boşalan kimi məlumat verəcəyik.')}${details(DETAIL_LABELS.az)}`,
  },
  ru: {
    subject: 'Лист ожидания: {{title}}',
    body: `${text('Здравствуйте, {{recipientName}}!', 'Сейчас все места заняты. Вы в листе ожидания под номером {{position}}.', 'Как только для вас освободится место, мы вам напишем.')}${details(DETAIL_LABELS.ru)}`,
  },
};

/** To somebody for whom a place has become free. */
export const REGISTRATION_PROMOTED = {
  en: {
    subject: 'You have a place: {{title}}',
    body: `${text('Dear {{recipientName}},', 'a place has become free, and it is yours: your registration is confirmed.', 'If you cannot come, please let us know, so that somebody else can.')}${details(DETAIL_LABELS.en)}${CODE.en}`,
  },
  az: {
    subject: 'Sizin üçün yer var: {{title}}',
    body: `${text('Hörmətli {{recipientName}},', 'yer boşaldı və o sizindir: qeydiyyatınız təsdiqləndi.', 'Gələ bilməyəcəksinizsə, zəhmət olmasa, bizə bildirin ki, yeri başqasına verək.')}${details(DETAIL_LABELS.az)}${CODE.az}`,
  },
  ru: {
    subject: 'Для вас есть место: {{title}}',
    body: `${text('Здравствуйте, {{recipientName}}!', 'Освободилось место, и оно ваше: ваша регистрация подтверждена.', 'Если вы не сможете прийти, пожалуйста, сообщите нам, чтобы место досталось другому.')}${details(DETAIL_LABELS.ru)}${CODE.ru}`,
  },
};

/** To somebody who had been told of a place, and has it no more. */
export const REGISTRATION_CANCELLED = {
  en: {
    subject: 'Registration cancelled: {{title}}',
    body: `${text('Dear {{recipientName}},', 'your registration is cancelled, and your code is no longer valid.', 'If this is a mistake, please write to us.')}${details(DETAIL_LABELS.en)}`,
  },
  az: {
    subject: 'Qeydiyyat ləğv edildi: {{title}}',
    body: `${text('Hörmətli {{recipientName}},', 'qeydiyyatınız ləğv edildi, kodunuz artıq etibarlı deyil.', 'Bu səhvdirsə, zəhmət olmasa, bizə yazın.')}${details(DETAIL_LABELS.az)}`,
  },
  ru: {
    subject: 'Регистрация отменена: {{title}}',
    body: `${text('Здравствуйте, {{recipientName}}!', 'Ваша регистрация отменена, код больше не действует.', 'Если это ошибка, пожалуйста, напишите нам.')}${details(DETAIL_LABELS.ru)}`,
  },
};
