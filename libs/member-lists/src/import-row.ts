import type { MappedRow, RowProblem } from '#imports';
import { nameKey, organizationKey, personKey } from '#records';
import { type Reader, RowReading } from './import-row-reading.js';
import {
  ownDomain,
  readCountry,
  readEmails,
  readId,
  readKind,
  readList,
  readLocale,
  readPhone,
  readText,
  readTimeZone,
  readWebsite,
  readYesNo,
} from './import-values.js';
import type { MemberRow, RowContext, RowIds, TitleValues, Values } from './member-row.js';

type Field = [field: string, column: string, read: Reader];

const IDS: Field[] = ['organization', 'parent', 'person', 'position', 'membership'].map((noun) => [
  `${noun}Id`,
  noun,
  readId,
]);
const ORGANIZATION: Field[] = [
  ['organization', 'name', readText(300)],
  ['legalName', 'legal_name', readText(300)],
  ['kind', 'kind', readKind],
  ['website', 'website', readWebsite],
  ['country', 'country', readCountry],
  ['sectors', 'sectors', readList(60)],
  ['tags', 'tags', readList(60)],
  ['aliases', 'aliases', readList(300)],
  ['organizationNotes', 'notes', readText(10_000)],
];
const PERSON: Field[] = [
  ['honorific', 'honorific', readText(60)],
  ['nativeName', 'native_name', readText(200)],
  ['givenName', 'given_name', readText(200)],
  ['familyName', 'family_name', readText(200)],
  ['contactAliases', 'aliases', readList(200)],
  ['phone', 'phone', readPhone],
  ['contactCountry', 'country', readCountry],
  ['locale', 'locale', readLocale],
  ['timeZone', 'time_zone', readTimeZone],
  ['contactNotes', 'notes', readText(10_000)],
];
const POSITION: Field[] = [
  ['title', 'title', readText(300)],
  ['titleSource', 'source', readText(500)],
  ['titlePreferred', 'preferred', readYesNo],
];
/** Columns that mean something only beside an organization; `country` and `notes` are a person's where it stands alone. */
const NEEDS_ORGANIZATION = [
  'legalName',
  'kind',
  'website',
  'sectors',
  'tags',
  'aliases',
  'organizationNotes',
  'parent',
];

/** Reads a row; answers every problem there is with it when it is not sound. */
export function readRow(row: MappedRow, context: RowContext): { row: MemberRow } | { problems: RowProblem[] } {
  // Where columns have shifted, every other complaint would be about the wrong cell.
  if (row.problems.some(({ code }) => code === 'ragged_row')) return { problems: row.problems };
  const reading = new RowReading(row, context);
  const parts = readParts(reading);
  if (reading.problems.length > 0) return { problems: reading.problems };
  const { ids, organization, person, emails } = parts;
  const name = organization?.name;
  const fullName = person?.full_name;
  return {
    row: {
      ...parts,
      rowNumber: row.rowNumber,
      ids,
      emails,
      domain: ownDomain(organization?.website as string | undefined),
      organizationKey: name === undefined ? '' : organizationKey(name),
      nameKey: name === undefined ? '' : nameKey(name),
      personKey: fullName === undefined ? '' : personKey(fullName),
    },
  };
}

type Parts = Pick<MemberRow, 'ids' | 'organization' | 'parentName' | 'person' | 'emails' | 'position' | 'membership'>;

function readParts(reading: RowReading): Parts {
  const ids = reading.all(IDS) as RowIds;
  const said = reading.all(ORGANIZATION);
  const details = reading.all(PERSON);
  const { main, emails } = readAddresses(reading);
  const position = { ...reading.all(POSITION), ...reading.period() } as TitleValues;
  const notes = reading.one('notes', readText(10_000));
  const membership = reading.membership();
  const person = contactOf(reading.fullName(ids.person !== undefined), ids, { ...details, ...main });
  const organization = organizationOf(reading, said, ids, person !== null);
  // What is noted about a row with a contact is noted about the contact: several rows may share an organization.
  note(person ?? organization, 'notes', notes);
  // The country of a row without an organization is that of the person.
  if (!organization) note(person, 'country', said.country);
  const parentName = reading.parentName(ids.parent !== undefined);
  return { ids, organization, parentName, person, emails, position, membership };
}

/** All addresses; a main one is only what stands in the column for it. */
function readAddresses(reading: RowReading): { main: { email?: string }; emails: string[] } {
  const own = (reading.one('email', readEmails) as string[] | undefined) ?? [];
  const others = (reading.one('otherEmails', readEmails) as string[] | undefined) ?? [];
  const [email] = own;
  return { main: email === undefined ? {} : { email }, emails: [...new Set([...own, ...others])] };
}

function contactOf(fullName: string | undefined, ids: RowIds, details: Values): MemberRow['person'] {
  if (fullName !== undefined) return { full_name: fullName, ...details };
  return ids.person === undefined ? null : details;
}

/** Null where a person stands alone; says what is missing where nobody is named. */
function organizationOf(reading: RowReading, said: Values, ids: RowIds, contact: boolean): MemberRow['organization'] {
  if (said.name !== undefined || ids.organization !== undefined) {
    reading.demandLetters('organization', said.name);
    return said;
  }
  if (contact && reading.mayStandAlone()) {
    for (const field of NEEDS_ORGANIZATION) reading.demandNone(field);
    return null;
  }
  reading.fault('organization', 'required', 'The row names no organization.');
  return null;
}

function note(subject: Values | null, column: string, value: unknown): void {
  if (subject && value !== undefined) subject[column] ??= value;
}
