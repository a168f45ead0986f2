import { kept, type PdfContent, type PdfLanguage } from '#documents';
import { titleLines, nameSpans } from './briefing-people.js';
import type { BriefedHost, BriefedMeeting, Briefing } from './briefing.js';
import { countryInWords, ENTRY_KINDS, inWords, ORGANIZATION_KINDS } from './paper-labels.js';
import { facts, section, small, subsection } from './paper-pieces.js';
import { dateAt, dayInWords } from './paper-times.js';
import { WORDS } from './paper-words.js';

/** Who receives the delegates, why, and what was before. */
export function hostProfiles(
  { hosts, sectors }: Pick<Briefing, 'hosts' | 'sectors'>,
  language: PdfLanguage,
): PdfContent[] {
  const words = WORDS[language].book;
  if (hosts.length === 0) return [section(words.hosts, false), words.noHosts];
  return [section(words.hosts), ...hosts.flatMap((host) => profile(host, sectors, language))];
}

function profile(host: BriefedHost, sectors: Briefing['sectors'], language: PdfLanguage): PdfContent[] {
  const words = WORDS[language].book;
  const isSure = host.status === 'confirmed';
  return [
    kept(
      subsection(host.organization),
      ...(isSure ? [] : [{ text: words.notYetConfirmed, style: 'label' as const, italics: true }]),
      ...facts([
        [words.kind, inWords(ORGANIZATION_KINDS, host.kind, language)],
        [words.country, host.country && countryInWords(host.country, language)],
        [words.website, host.website && { text: host.website, link: host.website }],
        [words.sectors, host.sectors.map((code) => sectorInWords(code, sectors, language)).join(', ')],
        [words.contact, host.contactPerson && contact(host.contactPerson, language)],
        [words.fit, host.fitNote],
        [words.pastMeetings, host.meetings.length === 0 && words.noPastMeetings],
      ]),
    ),
    ...pastMeetings(host.meetings, language),
  ];
}

export const sectorInWords = (code: string, sectors: Briefing['sectors'], language: PdfLanguage): string =>
  sectors.get(code)?.[language] ?? sectors.get(code)?.en ?? code.replaceAll('_', ' ');

const contact = (person: NonNullable<BriefedHost['contactPerson']>, language: PdfLanguage): PdfContent => ({
  stack: [{ text: nameSpans(person) }, ...titleLines(person, language)],
});

function pastMeetings(meetings: BriefedMeeting[], language: PdfLanguage): PdfContent[] {
  if (meetings.length === 0) return [];
  const words = WORDS[language].book;
  const title = { text: words.pastMeetings, style: 'head' as const, margin: UNDER_HEAD };
  const more = (meetings[0]?.total ?? 0) - meetings.length;
  const [first = '', ...others] = meetings.map((meeting) => meetingLines(meeting, language));
  return [kept(title, first), ...others, ...(more > 0 ? [small(words.earlier(more))] : [])];
}

const UNDER_HEAD: [number, number, number, number] = [0, 5, 0, 1];

function meetingLines(meeting: BriefedMeeting, language: PdfLanguage): PdfContent {
  const { title, kind, topics, people, summary } = meeting;
  return kept(
    {
      margin: [0, 3, 0, 0],
      text: [
        { text: `${dateInWords(meeting, language)}  `, style: 'muted' },
        { text: title, bold: true },
        { text: `  ${inWords(ENTRY_KINDS, kind, language)}`, style: 'muted' },
      ],
    },
    ...[topics.join(', '), people.join('; '), shortened(summary)].flatMap((text) => (text ? [small(text)] : [])),
  );
}

/** As far as it is known. */
function dateInWords({ startsAt, timeZone, datePrecision }: BriefedMeeting, language: PdfLanguage): string {
  if (!startsAt || datePrecision === 'unknown') return '–';
  const date = dateAt(startsAt, timeZone);
  if (datePrecision === 'year') return date.slice(0, 4);
  return datePrecision === 'month' ? date.slice(0, 7) : dayInWords(date, language);
}

const MOST_OF_SUMMARY = 800;

const shortened = (text: string | null): string | null =>
  text && text.length > MOST_OF_SUMMARY ? `${text.slice(0, MOST_OF_SUMMARY - 1).trimEnd()}…` : text;
