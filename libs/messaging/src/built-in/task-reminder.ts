import { DETAIL_LABELS, details } from './details.js';

const about = (label: string): string => `<mj-text>{{#about}}${label}: {{about}}{{/about}}</mj-text>`;

/** To the assignee of a task, before it is due. */
export const TASK_REMINDER = {
  en: {
    subject: 'Task due: {{title}}',
    body: `<mj-text>{{recipientName}}, a task of yours is due.</mj-text>${details({ ...DETAIL_LABELS.en, when: 'Due' })}${about('About')}`,
  },
  az: {
    subject: 'Tapşırığın vaxtı çatır: {{title}}',
    body: `<mj-text>{{recipientName}}, tapşırığınızın vaxtı çatır.</mj-text>${details({ ...DETAIL_LABELS.az, when: 'Son tarix' })}${about('Aid olduğu')}`,
  },
  ru: {
    subject: 'Срок задачи: {{title}}',
    body: `<mj-text>{{recipientName}}, подходит срок вашей задачи.</mj-text>${details({ ...DETAIL_LABELS.ru, when: 'Срок' })}${about('Относится к')}`,
  },
};
