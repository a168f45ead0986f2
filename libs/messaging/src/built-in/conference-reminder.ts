import { DETAIL_LABELS, details } from './details.js';

/** To those who come to a conference, before it. */
export const CONFERENCE_REMINDER = {
  en: {
    subject: 'Reminder: {{title}}',
    body: `<mj-text>Dear {{recipientName}},<br />we look forward to seeing you soon. This is where and when:</mj-text>${details(DETAIL_LABELS.en)}`,
  },
  az: {
    subject: 'Xatırlatma: {{title}}',
    body: `<mj-text>Hörmətli {{recipientName}},<br />tezliklə sizi gözləyirik. Yer və vaxtı xatırladırıq:</mj-text>${details(DETAIL_LABELS.az)}`,
  },
  ru: {
    subject: 'Напоминание: {{title}}',
    body: `<mj-text>Здравствуйте, {{recipientName}}!<br />Скоро ждём вас. Напоминаем, где и когда:</mj-text>${details(DETAIL_LABELS.ru)}`,
  },
};
