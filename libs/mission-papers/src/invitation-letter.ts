import type { Paper, PdfContent, PdfDocument, PdfLanguage } from '#documents';
import type { DelegateRow, TradeMissionRow } from '#trade-missions';
import { countryInWords, inWords, ROLES } from './paper-labels.js';
import type { PaperPerson, PaperTitle } from './paper-people.reader.js';
import type { PaperSender } from './paper-sender.js';
import { dateAt, dayInWords, daysInWords, momentInWords } from './paper-times.js';
import { paperLanguage, WORDS } from './paper-words.js';

/** All that one letter says. */
export interface InvitationLetter {
  sender: PaperSender;
  mission: Pick<TradeMissionRow, 'name' | 'startsOn' | 'endsOn' | 'hostCountry' | 'timeZone' | 'objectives'> & {
    sponsor: { name: string } | null;
    owner: { name: string } | null;
  };
  delegate: Pick<DelegateRow, 'role' | 'organizationId' | 'organization' | 'arrivesAt' | 'departsAt' | 'locale'>;
  person: PaperPerson;
  cities: string[];
  writtenAt: Date;
}

export interface LetterOptions {
  /** Of all letters; without it, each is in the language of whom it is for. */
  language?: PdfLanguage;
  paper?: Paper;
}

/** Letters in one file, each on a page of its own. */
export function invitationLetters(letters: InvitationLetter[], { language, paper }: LetterOptions): PdfDocument {
  const of = (letter: InvitationLetter): PdfLanguage => language ?? paperLanguage(letter.delegate.locale);
  const [first] = letters;
  const title = WORDS[first ? of(first) : 'en'].letter.title;
  return {
    title: [title, letters.length === 1 ? first?.person.fullName : first?.mission.name].join(': '),
    author: first?.sender.name,
    language: first ? of(first) : 'en',
    numbered: false,
    paper,
    madeAt: (first?.writtenAt ?? new Date(0)).toISOString(),
    content: letters.map((letter, index) => ({
      stack: page(letter, of(letter)),
      ...(index > 0 && { pageBreak: 'before' as const }),
    })),
  };
}

function page(letter: InvitationLetter, language: PdfLanguage): PdfContent[] {
  const { sender, mission, person } = letter;
  const words = WORDS[language].letter;
  return [
    ...letterhead(sender),
    {
      text: dayInWords(dateAt(letter.writtenAt, mission.timeZone), language),
      alignment: 'right',
      margin: [0, 18, 0, 12],
    },
    ...addressee(letter),
    { text: words.subject(mission.name), bold: true, fontSize: 12, margin: [0, 22, 0, 14] },
    paragraph(words.dear(named(person))),
    paragraph(words.invites(sender.name)),
    facts(letter, language),
    ...(mission.objectives ? [paragraph(WORDS[language].purpose, true), paragraph(mission.objectives)] : []),
    paragraph(words.visa),
    signature(letter, words.closing),
  ];
}

const letterhead = ({ name, email, postalAddress }: PaperSender): PdfContent[] => [
  { text: name, fontSize: 16, bold: true },
  { table: { widths: ['*'], body: [[{ text: `${postalAddress} · ${email}`, style: 'label' }]] }, layout: 'rows' },
];

const paragraph = (text: string, bold = false): PdfContent => ({
  text,
  bold,
  fontSize: 10.5,
  lineHeight: 1.3,
  margin: [0, 0, 0, bold ? 2 : 9],
});

const named = ({ honorific, fullName }: PaperPerson): string => [honorific, fullName].filter(Boolean).join(' ');

function addressee({ person, delegate }: InvitationLetter): PdfContent[] {
  const title = titleFor(person, delegate.organizationId);
  const organization = delegate.organization ?? title?.organization;
  const lines = [title?.title, organization].filter((line) => line != null);
  return [
    { text: named(person), bold: true, fontSize: 10.5 },
    ...(person.nativeName && person.nativeName !== person.fullName ? [line(person.nativeName)] : []),
    ...lines.map(line),
  ];
}

const line = (text: string): PdfContent => ({ text, fontSize: 10.5 });

/** The preferred title at the organization they come for; else their preferred one, unless it is held elsewhere. */
function titleFor({ titles }: PaperPerson, organizationId: string | null): PaperTitle | undefined {
  if (!organizationId) return titles[0];
  return titles.find((title) => title.organizationId === organizationId);
}

/** Label and value; what is not known is not mentioned. */
function facts({ mission, delegate, cities }: InvitationLetter, language: PdfLanguage): PdfContent {
  const words = WORDS[language];
  const at = (instant: Date | null) => instant && momentInWords(instant, mission.timeZone, language);
  const lines: [string, string | null | undefined][] = [
    [words.mission, mission.name],
    [words.dates, daysInWords(mission.startsOn, mission.endsOn, language)],
    [words.hostCountry, countryInWords(mission.hostCountry, language)],
    [words.cities, cities.join(', ')],
    [words.role, inWords(ROLES, delegate.role, language)],
    [words.representing, delegate.organization],
    [words.sponsor, mission.sponsor?.name],
    [words.arrival, at(delegate.arrivesAt)],
    [words.departure, at(delegate.departsAt)],
  ];
  const body = lines.filter(([, value]) => value).map(([label, value]) => [cell(label, true), cell(value ?? '')]);
  return { table: { widths: [130, '*'], body }, layout: 'plain', margin: [0, 4, 0, 12] };
}

const cell = (text: string, isLabel = false): PdfContent => ({
  text,
  fontSize: 10.5,
  ...(isLabel && { style: 'muted' }),
});

const signature = ({ sender, mission }: InvitationLetter, closing: string): PdfContent => ({
  unbreakable: true,
  stack: [
    { text: closing, fontSize: 10.5, margin: [0, 12, 0, 44] },
    ...(mission.owner ? [{ text: mission.owner.name, bold: true, fontSize: 10.5 }] : []),
    { text: sender.name, fontSize: 10.5 },
  ],
});
