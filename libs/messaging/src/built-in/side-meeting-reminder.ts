import { DETAIL_LABELS, details } from './details.js';

/** To the participants of a meeting, before it. */
export const SIDE_MEETING_REMINDER = {
  en: {
    subject: 'Reminder: {{title}}',
    body: `<mj-text>Dear {{recipientName}},<br />this is a reminder of your meeting.</mj-text>${details(DETAIL_LABELS.en)}`,
  },
  az: {
    subject: 'Xatırlatma: {{title}}',
    body: `<mj-text>Hörmətli {{recipientName}},<br />görüşünüzü xatırladırıq.</mj-text>${details(DETAIL_LABELS.az)}`,
  },
  ru: {
    subject: 'Напоминание: {{title}}',
    body: `<mj-text>Здравствуйте, {{recipientName}}!<br />Напоминаем о вашей встрече.</mj-text>${details(DETAIL_LABELS.ru)}`,
  },
};
