import { DETAIL_LABELS, details } from './details.js';

const facts = (assignee: string, nobody: string, about: string): string =>
  `<mj-text><b>${assignee}:</b> {{#assignee}}{{assignee}}{{/assignee}}{{^assignee}}${nobody}{{/assignee}}{{#about}}<br /><b>${about}:</b> {{about}}{{/about}}</mj-text>`;

/** To managers, about a task that has been overdue for days. */
export const TASK_ESCALATION = {
  en: {
    subject: 'Overdue: {{title}}',
    body: `<mj-text>{{recipientName}}, this task should have been done by now, and nobody has said that it is.</mj-text>${details({ ...DETAIL_LABELS.en, when: 'Was due' })}${facts('Assigned to', 'nobody', 'About')}`,
  },
  az: {
    subject: 'Vaxtı keçib: {{title}}',
    body: `<mj-text>{{recipientName}}, bu tapşırıq artıq görülməli idi, amma hələ heç kim onun görüldüyünü bildirməyib.</mj-text>${details({ ...DETAIL_LABELS.az, when: 'Son tarix' })}${facts('İcraçı', 'təyin olunmayıb', 'Aid olduğu')}`,
  },
  ru: {
    subject: 'Просрочено: {{title}}',
    body: `<mj-text>{{recipientName}}, эта задача уже должна быть выполнена, но никто не отметил, что она сделана.</mj-text>${details({ ...DETAIL_LABELS.ru, when: 'Срок был' })}${facts('Исполнитель', 'не назначен', 'Относится к')}`,
  },
};
