import { DETAIL_LABELS, details } from './details.js';

const answer = (label: string, until: string): string =>
  `<mj-button href="{{respondUrl}}">${label}</mj-button><mj-text>{{#respondBy}}${until}{{/respondBy}}</mj-text>`;

/** To an invitee, with the link to the page that takes the answer. */
export const INVITATION = {
  en: {
    subject: 'Invitation: {{title}}',
    body: `<mj-text>Dear {{recipientName}},<br />you are invited.</mj-text>${details(DETAIL_LABELS.en)}${answer(
      'Answer the invitation',
      'Please answer by {{respondBy}}.',
    )}`,
  },
  az: {
    subject: 'Dəvət: {{title}}',
    body: `<mj-text>Hörmətli {{recipientName}},<br />sizi dəvət edirik.</mj-text>${details(DETAIL_LABELS.az)}${answer(
      'Dəvətə cavab verin',
      'Cavab üçün son tarix: {{respondBy}}.',
    )}`,
  },
  ru: {
    subject: 'Приглашение: {{title}}',
    body: `<mj-text>Здравствуйте, {{recipientName}}!<br />Приглашаем вас.</mj-text>${details(DETAIL_LABELS.ru)}${answer(
      'Ответить на приглашение',
      'Пожалуйста, ответьте до: {{respondBy}}.',
    )}`,
  },
};
