interface Labels {
  overdue: string;
  today: string;
  upcoming: string;
  closing: string;
}

const group = (list: string, label: string): string => {
  const heading = `{{#${list}Count}}<b>${label} ({{${list}Count}})</b>{{/${list}Count}}`;
  return `${heading}{{#${list}}}<br />• {{.}}{{/${list}}}{{#${list}Count}}<br /><br />{{/${list}Count}}`;
};

/** One line per task, so that it reads well on a phone; a heading counts those that are left out. */
const groups = ({ overdue, today, upcoming, closing }: Labels): string =>
  `<mj-text>${group('overdue', overdue)}${group('dueToday', today)}${group('upcoming', upcoming)}${group('closing', closing)}</mj-text>`;

const small = (text: string): string => `<mj-text font-size="13px" color="#5b6875">${text}</mj-text>`;

/** To a user, in the morning: what is overdue, and what the day asks for. */
export const TASK_DIGEST = {
  en: {
    subject: 'Your tasks, {{title}}',
    body: `<mj-text>{{recipientName}}, this is on your list for {{title}}.</mj-text>${groups({ overdue: 'Overdue', today: 'Due today', upcoming: 'In the next days', closing: 'Promises that you watch' })}${small('All times are {{timeZone}}. An administrator can switch this mail off for you.')}`,
  },
  az: {
    subject: 'Tapşırıqlarınız, {{title}}',
    body: `<mj-text>{{recipientName}}, siyahınız: {{title}}.</mj-text>${groups({ overdue: 'Vaxtı keçib', today: 'Bu gün', upcoming: 'Yaxın günlərdə', closing: 'İzlədiyiniz vədlər' })}${small('Vaxtlar {{timeZone}} saat qurşağına görə göstərilib. Administrator bu məktubu sizin üçün söndürə bilər.')}`,
  },
  ru: {
    subject: 'Ваши задачи, {{title}}',
    body: `<mj-text>{{recipientName}}, вот ваш список: {{title}}.</mj-text>${groups({ overdue: 'Просрочено', today: 'Сегодня', upcoming: 'В ближайшие дни', closing: 'Обещания, за которыми вы следите' })}${small('Время указано по часовому поясу {{timeZone}}. Администратор может отключить вам это письмо.')}`,
  },
};
