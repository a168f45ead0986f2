import { answerButton, DETAIL_LABELS, details } from './details.js';

/** To an invitee, with the link to the page that takes the answer. */
export const INVITATION = {
  en: {
    subject: 'Invitation: {{title}}',
    body: `<mj-text>Dear {{recipientName}},<br />you are invited.</mj-text>${details(DETAIL_LABELS.en)}${answerButton(
      'Answer the invitation',
      'Please answer by {{respondBy}}.',
    )}`,
  },
  az: {
    subject: 'Dəvət: {{title}}',
    body: `<mj-text>Hörmətli {{recipientName}},<br />sizi dəvət edirik.</mj-text>${details(DETAIL_LABELS.az)}${answerButton(
      'Dəvətə cavab verin',
      'Cavab üçün son tarix: {{respondBy}}.',
    )}`,
  },
  ru: {
    subject: 'Приглашение: {{title}}',
    body: `<mj-text>Здравствуйте, {{recipientName}}!<br />Приглашаем вас.</mj-text>${details(DETAIL_LABELS.ru)}${answerButton(
      'Ответить на приглашение',
      'Пожалуйста, ответьте до: {{respondBy}}.',
    )}`,
  },
};
