import { DETAIL_LABELS, details } from './details.js';

const MORE = '{{#others}} (+{{others}}){{/others}}';

const about = (label: string): string => `<mj-text>{{#about}}${label}: {{about}}{{/about}}</mj-text>`;

/** Of several tasks, all but the first. */
const LINES = '<mj-text>{{#lines}}• {{.}}<br />{{/lines}}</mj-text>';

/** To a user whom somebody else has handed a task, or several. */
export const TASK_ASSIGNED = {
  en: {
    subject: `Assigned to you: {{title}}${MORE}`,
    body: `<mj-text>{{recipientName}}, {{assigner}} has handed you this.</mj-text>${details({ ...DETAIL_LABELS.en, when: 'Due' })}${about('About')}${LINES}`,
  },
  az: {
    subject: `Sizə tapşırıldı: {{title}}${MORE}`,
    body: `<mj-text>{{recipientName}}, bu iş indi sizdədir. Tapşıran: {{assigner}}.</mj-text>${details({ ...DETAIL_LABELS.az, when: 'Son tarix' })}${about('Aid olduğu')}${LINES}`,
  },
  ru: {
    subject: `Вам поручено: {{title}}${MORE}`,
    body: `<mj-text>{{recipientName}}, это теперь ваша задача. Кто поручил: {{assigner}}.</mj-text>${details({ ...DETAIL_LABELS.ru, when: 'Срок' })}${about('Относится к')}${LINES}`,
  },
};
