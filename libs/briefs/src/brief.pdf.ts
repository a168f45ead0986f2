import type { Paper, PdfContent, PdfDocument, PdfLanguage } from '#documents';
import { momentInWords, small, zoneOffset } from '#mission-papers';
import { agreements, commitments, deals, tasks } from './brief-dealings.pdf.js';
import { eventList, lastContact, WARNING } from './brief-events.pdf.js';
import { heading } from './brief-pieces.js';
import { whoTheyAre } from './brief-who.pdf.js';
import { WARNING_WORDS } from './brief-warning-words.js';
import { BRIEF_WORDS } from './brief-words.js';
import type { Brief } from './brief.js';

export interface BriefOptions {
  /** Of headings; what is stored stays as it is. Default: en. */
  language?: PdfLanguage;
  paper?: Paper;
}

/** What is read in the car before a meeting: two or three pages, the gravest first. */
export function briefDocument(brief: Brief, { language = 'en', paper }: BriefOptions): PdfDocument {
  const { party, sender, madeAt } = brief;
  const title = `${BRIEF_WORDS[language].title}: ${party.name}`;
  return {
    ...{ title, language, paper, author: sender.name, headerText: title, footerText: sender.name },
    madeAt: madeAt.toISOString(),
    content: [
      ...masthead(brief, language),
      ...warnings(brief, language),
      ...whoTheyAre(brief, language),
      ...dealings(brief, language),
    ],
  };
}

function masthead(brief: Brief, language: PdfLanguage): PdfContent[] {
  const { party, organization, person, madeAt, preparedFor, homeTimeZones } = brief;
  const words = BRIEF_WORDS[language];
  const [zone = 'UTC'] = homeTimeZones;
  const when = `${momentInWords(madeAt, zone, language)} (${zoneOffset(madeAt, zone)})`;
  const honorific = person?.honorific;
  const other = organization?.legalName ?? person?.nativeName;
  const subsidiaries = brief.scope.organizations - 1;
  return [
    { text: [honorific, party.name].filter(Boolean).join(' '), style: 'title', fontSize: 20 },
    ...(other && other !== party.name ? [{ text: other, style: 'subtitle' as const }] : []),
    small([words.preparedFor(preparedFor, when), words.mayKnow].join(' ')),
    ...(subsidiaries > 0 ? [small(words.withSubsidiaries(subsidiaries))] : []),
    ...((organization ?? person)?.archivedAt ? [{ text: words.archived, bold: true, color: WARNING }] : []),
  ];
}

function warnings({ warnings: list }: Brief, language: PdfLanguage): PdfContent[] {
  if (list.length === 0) return [];
  const lines = list.map(({ code, count }) => WARNING_WORDS[language][code](count ?? 0));
  return [{ ...heading(BRIEF_WORDS[language].mind), color: WARNING }, { ul: lines }];
}

/** Of what there is nothing it is said in one line, and of a stranger in a kind one. */
function dealings(brief: Brief, language: PdfLanguage): PdfContent[] {
  const words = BRIEF_WORDS[language];
  const parts: [string, PdfContent[]][] = [
    [words.upcoming, eventList(words.upcoming, brief.upcoming, language)],
    [words.unlogged, eventList(words.unlogged, brief.unlogged, language)],
    [words.commitments, commitments(brief, language)],
    [words.deals, deals(brief, language)],
    [words.agreements, agreements(brief, language)],
    [words.tasks, tasks(brief, language)],
    [words.past, eventList(words.past, brief.past, language)],
  ];
  const contact = lastContact(brief, language);
  const told = parts.flatMap(([, content]) => content);
  if (contact.length + told.length === 0) return [{ text: words.nothingYet(brief.sender.name), margin: [0, 16, 0, 0] }];
  const silent = parts.filter(([title, content]) => content.length === 0 && title !== words.unlogged);
  const names = silent.map(([title]) => title.toLocaleLowerCase(language)).join(', ');
  return [...contact, ...told, ...(names ? [{ ...AFTER, text: words.nothingOf(names) }] : [])];
}

const AFTER = { style: 'label' as const, margin: [0, 12, 0, 0] as [number, number, number, number] };
