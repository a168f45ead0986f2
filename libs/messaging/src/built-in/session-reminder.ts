import { DETAIL_LABELS, details } from './details.js';

const of = (label: string): string => `<mj-text>{{#about}}${label}: {{about}}{{/about}}</mj-text>`;

/** To the speakers of a session of a conference and those who said they would take part, before it. */
export const SESSION_REMINDER = {
  en: {
    subject: 'Your session: {{title}}',
    body: `<mj-text>Dear {{recipientName}},<br />this is a reminder of the session you take part in.</mj-text>${details(DETAIL_LABELS.en)}${of('Conference')}`,
  },
  az: {
    subject: 'Sessiyanız: {{title}}',
    body: `<mj-text>Hörmətli {{recipientName}},<br />iştirak etdiyiniz sessiyanı xatırladırıq.</mj-text>${details(DETAIL_LABELS.az)}${of('Konfrans')}`,
  },
  ru: {
    subject: 'Ваша сессия: {{title}}',
    body: `<mj-text>Здравствуйте, {{recipientName}}!<br />Напоминаем о сессии, в которой вы участвуете.</mj-text>${details(DETAIL_LABELS.ru)}${of('Конференция')}`,
  },
};
