import { kept, type PdfContent, type PdfLanguage, type PdfSpan } from '#documents';
import type { Briefing } from './briefing.js';
import { inWords, ROLES } from './paper-labels.js';
import type { PaperPerson, PaperTitle } from './paper-people.reader.js';
import { section, small, subsection } from './paper-pieces.js';
import { dayInWords } from './paper-times.js';
import { WORDS } from './paper-words.js';

/** Delegates and contacts at hosts, with all their titles and where these were read. */
export function whoIsWho(
  { delegates, hosts }: Pick<Briefing, 'delegates' | 'hosts'>,
  language: PdfLanguage,
): PdfContent[] {
  const words = WORDS[language].book;
  const contacts = hosts.flatMap(({ contactPerson, organization }) =>
    contactPerson ? [{ person: contactPerson, note: organization }] : [],
  );
  const coming = delegates.flatMap(({ person, role, organization }) =>
    person ? [{ person, note: [inWords(ROLES, role, language), organization].filter(Boolean).join(' · ') }] : [],
  );
  return [
    section(words.whoIsWho),
    ...group(words.delegates, words.noDelegates, coming, language),
    ...group(words.hostContacts, words.noContacts, contacts, language),
  ];
}

interface Entry {
  person: PaperPerson;
  note: string;
}

/** The heading stays with the first of them. */
function group(title: string, nobody: string, entries: Entry[], language: PdfLanguage): PdfContent[] {
  const [first, ...others] = entries.map((entry) => kept(...personLines(entry, language)));
  return [kept(subsection(title), first ?? nobody), ...others];
}

function personLines({ person, note }: Entry, language: PdfLanguage): PdfContent[] {
  return [{ text: nameSpans(person), margin: [0, 6, 0, 0] }, small(note), ...titleLines(person, language)];
}

/** With the name in its own script where that is another. */
export function nameSpans({ honorific, fullName, nativeName }: PaperPerson): (string | PdfSpan)[] {
  const name = { text: [honorific, fullName].filter(Boolean).join(' '), bold: true };
  return nativeName && nativeName !== fullName ? [name, { text: `  ${nativeName}`, style: 'muted' }] : [name];
}

/** The preferred one first; those that say otherwise after it. */
export function titleLines({ titles }: PaperPerson, language: PdfLanguage): PdfContent[] {
  if (titles.length === 0) return [{ text: WORDS[language].book.noTitle, style: 'label' }];
  return titles.map((title) => ({ text: titleSpans(title, language) }));
}

function titleSpans({ title, organization, source, asOf }: PaperTitle, language: PdfLanguage): (string | PdfSpan)[] {
  const words = WORDS[language].book;
  const proof = [...(source ? [words.source(source)] : []), words.titleAsOf(dayInWords(asOf, language))].join('; ');
  return [[title, organization].filter(Boolean).join(', '), { text: `  (${proof})`, style: 'label' }];
}
