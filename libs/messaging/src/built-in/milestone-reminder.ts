import { DETAIL_LABELS, details } from './details.js';

const about = (label: string): string => `<mj-text>{{#about}}${label}: {{about}}{{/about}}</mj-text>`;

/** To a delegate of a trade mission, or to whoever looks after it, before something has to be done. */
export const MILESTONE_REMINDER = {
  en: {
    subject: '{{title}}: {{about}}',
    body: `<mj-text>Dear {{recipientName}},<br />this has to be done soon for the trade mission.</mj-text>${details({
      ...DETAIL_LABELS.en,
      when: 'Due',
      participants: 'Delegate',
    })}${about('Trade mission')}`,
  },
  az: {
    subject: '{{title}}: {{about}}',
    body: `<mj-text>Hörmətli {{recipientName}},<br />ticarət missiyası üçün bunun vaxtı çatır.</mj-text>${details({
      ...DETAIL_LABELS.az,
      when: 'Son tarix',
      participants: 'Nümayəndə',
    })}${about('Ticarət missiyası')}`,
  },
  ru: {
    subject: '{{title}}: {{about}}',
    body: `<mj-text>Здравствуйте, {{recipientName}}!<br />Для торговой миссии подходит срок:</mj-text>${details({
      ...DETAIL_LABELS.ru,
      when: 'Срок',
      participants: 'Делегат',
    })}${about('Торговая миссия')}`,
  },
};
