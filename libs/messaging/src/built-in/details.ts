/** What the lines of a mail's facts are called in one language. */
export interface DetailLabels {
  when: string;
  whenYours: string;
  place: string;
  participants: string;
  topics: string;
}

export const DETAIL_LABELS = {
  en: { when: 'When', whenYours: 'Your time', place: 'Where', participants: 'With', topics: 'Topic' },
  az: { when: 'Vaxt', whenYours: 'Sizin vaxtınızla', place: 'Yer', participants: 'İştirakçı', topics: 'Mövzu' },
  ru: { when: 'Когда', whenYours: 'По вашему времени', place: 'Где', participants: 'Участник', topics: 'Тема' },
} satisfies Record<string, DetailLabels>;

const line = (field: string, label: string, value = field): string =>
  `{{#${field}}}<br /><b>${label}:</b> {{${value}}}{{/${field}}}`;

/** Title, times in the event's zone and the recipient's, place, people, topics, note; each only where there is one. */
export function details(labels: DetailLabels): string {
  const lines = [
    line('when', labels.when),
    line('whenYours', labels.whenYours),
    line('place', labels.place),
    line('participants', labels.participants, '.'),
    line('topics', labels.topics, '.'),
  ];
  return `<mj-text><b>{{title}}</b>${lines.join('')}{{#note}}<br /><br />{{note}}{{/note}}</mj-text>`;
}

/** The link to the page that takes an answer, and until when one is asked for. */
export const answerButton = (label: string, until: string): string =>
  `<mj-button href="{{respondUrl}}">${label}</mj-button><mj-text>{{#respondBy}}${until}{{/respondBy}}</mj-text>`;

/** The same page for somebody who may have answered before; nothing for whoever was not invited. */
export const answerLink = (label: string): string =>
  `<mj-text>{{#respondUrl}}<a href="{{respondUrl}}">${label}</a>{{/respondUrl}}</mj-text>`;
