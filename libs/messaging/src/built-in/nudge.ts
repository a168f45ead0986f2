import { answerButton, DETAIL_LABELS, details } from './details.js';

/** To an invitee who has not answered yet. */
export const NUDGE = {
  en: {
    subject: 'Your answer, please: {{title}}',
    body: `<mj-text>Dear {{recipientName}},<br />we have not heard from you yet. Will you come?</mj-text>${details(DETAIL_LABELS.en)}${answerButton(
      'Answer the invitation',
      'Please answer by {{respondBy}}.',
    )}`,
  },
  az: {
    subject: 'Cavabınızı gözləyirik: {{title}}',
    body: `<mj-text>Hörmətli {{recipientName}},<br />hələ cavabınızı almamışıq. Gələcəksinizmi?</mj-text>${details(DETAIL_LABELS.az)}${answerButton(
      'Dəvətə cavab verin',
      'Cavab üçün son tarix: {{respondBy}}.',
    )}`,
  },
  ru: {
    subject: 'Ждём вашего ответа: {{title}}',
    body: `<mj-text>Здравствуйте, {{recipientName}}!<br />Мы ещё не получили вашего ответа. Вы придёте?</mj-text>${details(DETAIL_LABELS.ru)}${answerButton(
      'Ответить на приглашение',
      'Пожалуйста, ответьте до: {{respondBy}}.',
    )}`,
  },
};
