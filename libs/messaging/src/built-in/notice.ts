import { DETAIL_LABELS, details } from './details.js';

const LINES = '<mj-text>{{#lines}}{{.}}<br />{{/lines}}</mj-text>';

/** Anything else: a title, lines of text, facts where there are some. */
export const NOTICE = {
  en: { subject: '{{title}}', body: `<mj-text>Dear {{recipientName}},</mj-text>${LINES}${details(DETAIL_LABELS.en)}` },
  az: {
    subject: '{{title}}',
    body: `<mj-text>Hörmətli {{recipientName}},</mj-text>${LINES}${details(DETAIL_LABELS.az)}`,
  },
  ru: {
    subject: '{{title}}',
    body: `<mj-text>Здравствуйте, {{recipientName}}!</mj-text>${LINES}${details(DETAIL_LABELS.ru)}`,
  },
};
