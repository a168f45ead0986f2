import { DETAIL_LABELS, details } from './details.js';

const sides = (by: string, to: string, about: string): string =>
  `<mj-text><b>${by}:</b> {{owedBy}}<br /><b>${to}:</b> {{owedTo}}{{#about}}<br /><b>${about}:</b> {{about}}{{/about}}</mj-text>`;

/** To whoever watches a promise, before its time is over. */
export const COMMITMENT_REMINDER = {
  en: {
    subject: 'Promise due: {{title}}',
    body: `<mj-text>{{recipientName}}, a promise that you watch is due soon, and nobody has said yet that it was kept.</mj-text>${details({ ...DETAIL_LABELS.en, when: 'Due' })}${sides('Promised by', 'Promised to', 'About')}`,
  },
  az: {
    subject: 'Vədin vaxtı çatır: {{title}}',
    body: `<mj-text>{{recipientName}}, izlədiyiniz vədin vaxtı çatır, amma hələ heç kim onun yerinə yetirildiyini bildirməyib.</mj-text>${details({ ...DETAIL_LABELS.az, when: 'Son tarix' })}${sides('Vəd verən', 'Kimə vəd verilib', 'Aid olduğu')}`,
  },
  ru: {
    subject: 'Подходит срок обещания: {{title}}',
    body: `<mj-text>{{recipientName}}, подходит срок обещания, за которым вы следите, и никто пока не отметил, что оно выполнено.</mj-text>${details({ ...DETAIL_LABELS.ru, when: 'Срок' })}${sides('Кто обещал', 'Кому', 'Относится к')}`,
  },
};
