import { answerLink, DETAIL_LABELS, details } from './details.js';

const text = (...lines: string[]): string => `<mj-text>${lines.join('<br />')}</mj-text>`;

/** What was said before, each only where it is another now. */
const before = (time: string, place: string): string =>
  `<mj-text>{{#wasWhen}}${time}: <s>{{wasWhen}}</s><br />{{/wasWhen}}{{#wasPlace}}${place}: <s>{{wasPlace}}</s>{{/wasPlace}}</mj-text>`;

const choose = (back: string, moved: string): string => `{{#backOn}}${back}{{/backOn}}{{^backOn}}${moved}{{/backOn}}`;

const undated = (said: string): string => text(`{{^when}}${said}{{/when}}`);

/** To everybody who knows of an event as it was: it is at another time or place now, or takes place after all. */
export const EVENT_MOVED = {
  en: {
    subject: choose('Taking place after all: {{title}}', 'Changed: {{title}}'),
    body: `${text('Dear {{recipientName}},', choose('this event takes place after all.', 'the time or place of this event has changed.'))}${details(
      DETAIL_LABELS.en,
    )}${undated('The new time is not known yet. We will write to you.')}${before('Before', 'Before, at')}${answerLink(
      'Can you not come? Please change your answer',
    )}`,
  },
  az: {
    subject: choose('Tədbir yenə də keçiriləcək: {{title}}', 'Dəyişiklik: {{title}}'),
    body: `${text('Hörmətli {{recipientName}},', choose('bu tədbir yenə də keçiriləcək.', 'bu tədbirin vaxtı və ya yeri dəyişib.'))}${details(
      DETAIL_LABELS.az,
    )}${undated('Yeni vaxt hələ məlum deyil. Sizə yazacağıq.')}${before('Əvvəlki vaxt', 'Əvvəlki yer')}${answerLink(
      'Gələ bilməyəcəksiniz? Zəhmət olmasa, cavabınızı dəyişin',
    )}`,
  },
  ru: {
    subject: choose('Мероприятие всё же состоится: {{title}}', 'Изменение: {{title}}'),
    body: `${text('Здравствуйте, {{recipientName}}!', choose('Это мероприятие всё же состоится.', 'Время или место этого мероприятия изменилось.'))}${details(
      DETAIL_LABELS.ru,
    )}${undated('Новое время пока неизвестно. Мы вам напишем.')}${before('Прежнее время', 'Прежнее место')}${answerLink(
      'Не сможете прийти? Пожалуйста, измените свой ответ',
    )}`,
  },
};

/** To everybody who knows of an event that is not to be. */
export const EVENT_CALLED_OFF = {
  en: {
    subject: 'Called off: {{title}}',
    body: `${text('Dear {{recipientName}},', 'this event will not take place. We are sorry.')}${details(DETAIL_LABELS.en)}`,
  },
  az: {
    subject: 'Ləğv edildi: {{title}}',
    body: `${text('Hörmətli {{recipientName}},', 'təəssüf ki, bu tədbir keçirilməyəcək.')}${details(DETAIL_LABELS.az)}`,
  },
  ru: {
    subject: 'Отменено: {{title}}',
    body: `${text('Здравствуйте, {{recipientName}}!', 'К сожалению, это мероприятие не состоится.')}${details(DETAIL_LABELS.ru)}`,
  },
};

/** To somebody who has been invited and no longer is. */
export const INVITATION_WITHDRAWN = {
  en: {
    subject: 'Invitation withdrawn: {{title}}',
    body: `${text('Dear {{recipientName}},', 'we have to withdraw our invitation to this event.', 'If this is a mistake, please write to us.')}${details(DETAIL_LABELS.en)}`,
  },
  az: {
    subject: 'Dəvət geri götürüldü: {{title}}',
    body: `${text('Hörmətli {{recipientName}},', 'təəssüf ki, bu tədbirə dəvətimizi geri götürməli oluruq.', 'Bu səhvdirsə, zəhmət olmasa, bizə yazın.')}${details(DETAIL_LABELS.az)}`,
  },
  ru: {
    subject: 'Приглашение отозвано: {{title}}',
    body: `${text('Здравствуйте, {{recipientName}}!', 'К сожалению, мы вынуждены отозвать приглашение на это мероприятие.', 'Если это ошибка, пожалуйста, напишите нам.')}${details(DETAIL_LABELS.ru)}`,
  },
};
