import { kept, type PdfContent, type PdfLanguage, type PdfSpan } from '#documents';
import {
  countryInWords,
  dayInWords,
  facts,
  inWords,
  nameSpans,
  ORGANIZATION_KIND_WORDS,
  sectorInWords,
  small,
} from '#mission-papers';
import { MEMBERSHIP_WORDS } from './brief-labels.js';
import { below, head, heading, shortened } from './brief-pieces.js';
import { BRIEF_WORDS } from './brief-words.js';
import type {
  Brief,
  BriefedContact,
  BriefedIndividual,
  BriefedMembership,
  BriefedOrganization,
  BriefedTitle,
} from './brief.js';

/** Who they are, with all their titles and where these were read. */
export function whoTheyAre({ organization, person, sectors }: Brief, language: PdfLanguage): PdfContent[] {
  if (organization) return [...profile(organization, sectors, language), ...contacts(organization, language)];
  return person ? individual(person, language) : [];
}

function profile(row: BriefedOrganization, sectors: Brief['sectors'], language: PdfLanguage): PdfContent[] {
  const words = BRIEF_WORDS[language];
  const { children } = row;
  const more = children.count - children.data.length;
  const names = children.data.map(({ name }) => name).join('; ');
  return [
    heading(words.who),
    ...facts([
      [words.kind, inWords(ORGANIZATION_KIND_WORDS, row.kind, language)],
      [words.country, row.country && countryInWords(row.country, language)],
      [words.website, row.website && { text: row.website, link: row.website }],
      [words.sectors, row.sectors.map((code) => sectorInWords(code, sectors, language)).join(', ')],
      [words.parent, row.parent?.name],
      [words.children, names && [names, ...(more > 0 ? [words.andMore(more)] : [])].join('; ')],
      [words.membership, memberships(row.memberships, language)],
      [words.notes, row.notes && shortened(row.notes)],
    ]),
  ];
}

/** The last one of each member; who was never a member has none. */
function memberships(list: BriefedMembership[], language: PdfLanguage): string {
  const words = BRIEF_WORDS[language];
  const last = list.filter(
    ({ inheritedFrom }, index) =>
      list.findIndex((other) => other.inheritedFrom?.organizationId === inheritedFrom?.organizationId) === index,
  );
  return last
    .map(({ status, tierCode, endsOn, inheritedFrom }) => {
      const standing = inWords(MEMBERSHIP_WORDS, status, language);
      const told = words.memberUntil(standing, tierCode, dayInWords(endsOn, language));
      return inheritedFrom ? `${told}, ${words.through(inheritedFrom.name)}` : told;
    })
    .join('; ');
}

function contacts({ contacts: { count, data } }: BriefedOrganization, language: PdfLanguage): PdfContent[] {
  if (data.length === 0) return [];
  const words = BRIEF_WORDS[language];
  const lines = data.map((contact) => kept(...contactLines(contact, language)));
  const more = count - data.length;
  return [...below([head(words.contacts)], lines), ...(more > 0 ? [small(words.andMore(more))] : [])];
}

const contactLines = (contact: BriefedContact, language: PdfLanguage): PdfContent[] => {
  const reach = [contact.primary ? BRIEF_WORDS[language].primary : null, contact.email, contact.phone];
  const line = reach.filter(Boolean).join(' · ');
  return [
    { text: nameSpans(contact), margin: [0, 4, 0, 0] },
    ...(line ? [small(line)] : []),
    ...titles(contact.titles, language),
  ];
};

function individual(row: BriefedIndividual, language: PdfLanguage): PdfContent[] {
  const words = BRIEF_WORDS[language];
  return [
    heading(words.who),
    ...titles(row.titles, language),
    ...facts([
      [words.country, row.country && countryInWords(row.country, language)],
      ['@', [row.email, row.phone].filter(Boolean).join(' · ')],
      [words.membership, memberships(row.memberships, language)],
      [words.formerly, former(row, language)],
      [words.notes, row.notes && shortened(row.notes)],
    ]),
  ];
}

/** The preferred one first; those that say otherwise beside it. */
function titles(list: BriefedTitle[], language: PdfLanguage): PdfContent[] {
  if (list.length === 0) return [{ text: BRIEF_WORDS[language].noTitle, style: 'label' }];
  return list.map((title) => ({ text: titleSpans(title, language) }));
}

function titleSpans({ title, organization, source, asOf }: BriefedTitle, language: PdfLanguage): (string | PdfSpan)[] {
  const words = BRIEF_WORDS[language];
  const proof = [source ? words.source(source) : words.noSource, words.asOf(dayInWords(asOf, language))].join('; ');
  return [[title, organization].filter(Boolean).join(', '), { text: `  (${proof})`, style: 'label' }];
}

function former({ formerTitles }: BriefedIndividual, language: PdfLanguage): PdfContent | null {
  if (formerTitles.length === 0) return null;
  const words = BRIEF_WORDS[language];
  return {
    stack: formerTitles.map(({ title, organization, source, startedOn, endedOn }) => {
      const time = [startedOn, endedOn].map((day) => (day ? dayInWords(day, language) : '…')).join(' – ');
      const proof = [time, source ? words.source(source) : words.noSource].join('; ');
      const name = [title, organization].filter(Boolean).join(', ');
      return { text: [name, { text: `  (${proof})`, style: 'label' as const }] };
    }),
  };
}
