import { kept, type PdfContent, type PdfLanguage, type PdfSpan } from '#documents';
import { ENTRY_KINDS, inWords, small } from '#mission-papers';
import { SPEAKER_ROLE_WORDS } from './brief-labels.js';
import { below, heading, shortened } from './brief-pieces.js';
import { dateInWords, timeInWords } from './brief-times.js';
import { BRIEF_WORDS } from './brief-words.js';
import type { Brief, BriefedEvent, Events } from './brief.js';

/** When one last spoke with them, and what came of it. */
export function lastContact({ lastContact: last, standing, past }: Brief, language: PdfLanguage): PdfContent[] {
  if (!last) return [];
  const words = BRIEF_WORDS[language];
  const isVague = last.datePrecision !== null && last.datePrecision !== 'day';
  const day = dateInWords(last, language) ?? words.unknownDate;
  const ago = standing.days === null ? '' : ` (${words.daysAgo(standing.days, isVague)})`;
  const who =
    last.by.length > 0 ? words.by(last.by.join(', ')) : last.loggedBy !== null && words.loggedBy(last.loggedBy);
  const event = past.data.find(({ id }) => id === last.id);
  const lines = [
    {
      text: [
        `${day}${ago}: `,
        { text: last.title, bold: true },
        ...(event?.restricted ? [confidential(language)] : []),
      ],
    },
    ...(event?.summary ? [shortened(event.summary)] : []),
    ...(who ? [small(who)] : []),
  ];
  return [kept(heading(words.lastContact), ...lines)];
}

/** Some meetings, or none. */
export function eventList(title: string, { count, data }: Events, language: PdfLanguage): PdfContent[] {
  if (count === 0) return [];
  const more = count - data.length;
  const lines = data.map((event) => kept(...eventLines(event, language)));
  return [
    ...below([heading(`${title} (${count})`)], lines),
    ...(more > 0 ? [small(BRIEF_WORDS[language].andMore(more))] : []),
  ];
}

function eventLines(event: BriefedEvent, language: PdfLanguage): PdfContent[] {
  const words = BRIEF_WORDS[language];
  const names = (people: { fullName: string }[], label: string): string | null =>
    people.length > 0 ? `${label}: ${people.map(({ fullName }) => fullName).join(', ')}` : null;
  const details = [
    [event.conference && `${words.conference}: ${event.conference.name}`, event.place].filter(Boolean).join(' · '),
    names(event.theirs, words.theirs),
    names(event.ours, words.ours),
    speaking(event, language),
    event.topics.join(', '),
  ];
  return [
    {
      margin: [0, 6, 0, 0],
      text: [
        { text: `${timeInWords(event, language) ?? words.unknownDate}  `, style: 'muted' },
        { text: event.title, bold: true },
        ...(event.type === 'side_meeting'
          ? [{ text: `  ${inWords(ENTRY_KINDS, event.kind, language)}`, style: 'muted' as const }]
          : []),
        ...(event.restricted ? [confidential(language)] : []),
      ],
    },
    ...(event.summary ? [shortened(event.summary)] : []),
    ...details.flatMap((text) => (text ? [small(text)] : [])),
  ];
}

/** Of what is to be watched. */
export const WARNING = '#a12622';

const confidential = (language: PdfLanguage): PdfSpan => ({
  text: `  ${BRIEF_WORDS[language].restricted}`,
  bold: true,
  color: WARNING,
});

const speaking = ({ speaking: roles }: BriefedEvent, language: PdfLanguage): string =>
  roles
    .map(({ fullName, role, billedTitle }) =>
      [`${fullName} (${inWords(SPEAKER_ROLE_WORDS, role, language)})`, billedTitle].filter(Boolean).join(', '),
    )
    .join('; ');
