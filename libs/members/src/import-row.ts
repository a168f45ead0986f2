import { type DateOrder, type MappedRow, readDate, type RowProblem } from '#imports';
import { nameKey, organizationKey, personKey } from '#records';
import {
  ownDomain,
  type Read,
  readCountry,
  readEmails,
  readKind,
  readList,
  readLocale,
  readPhone,
  readText,
  readWebsite,
} from './import-values.js';

/** Values by the column of the table they belong to; what the row does not say is absent. */
export type Values = Record<string, unknown>;

export interface MembershipValues {
  tierId: string;
  joinedOn?: string;
  startsOn: string;
  endsOn: string;
}

/** A sound row of a members list: an organization, its contact, and its membership. */
export interface MemberRow {
  rowNumber: number;
  organization: Values & { name: string };
  /** Null without a contact. */
  person: (Values & { full_name: string }) | null;
  /** All addresses of the contact, the main one first. */
  emails: string[];
  title?: string;
  membership?: MembershipValues;
  /** What the organization and the person may be recognised by. */
  domain: string | null;
  organizationKey: string;
  nameKey: string;
  personKey: string;
}

export interface RowContext {
  dateOrder?: DateOrder;
  header(field: string): string | null;
  /** Tier ids by folded code and name. */
  tiers: ReadonlyMap<string, string>;
}

type Reader = (text: string) => Read<unknown>;

const ORGANIZATION: [field: string, column: string, read: Reader][] = [
  ['organization', 'name', readText(300)],
  ['legalName', 'legal_name', readText(300)],
  ['kind', 'kind', readKind],
  ['website', 'website', readWebsite],
  ['country', 'country', readCountry],
  ['sectors', 'sectors', readList],
  ['tags', 'tags', readList],
];
const MEMBERSHIP = ['tier', 'joinedOn', 'startsOn', 'endsOn'];
const PERSON: [field: string, column: string, read: Reader][] = [
  ['givenName', 'given_name', readText(200)],
  ['familyName', 'family_name', readText(200)],
  ['phone', 'phone', readPhone],
  ['locale', 'locale', readLocale],
];

/** Reads a row; answers every problem there is with it when it is not sound. */
export function readRow(row: MappedRow, context: RowContext): { row: MemberRow } | { problems: RowProblem[] } {
  // Where columns have shifted, every other complaint would be about the wrong cell.
  if (row.problems.some(({ code }) => code === 'ragged_row')) return { problems: row.problems };
  const reading = new RowReading(row, context);
  const organization = reading.all(ORGANIZATION);
  const person = reading.all(PERSON);
  const emails = (reading.one('email', readEmails) as string[] | undefined) ?? [];
  const title = reading.one('title', readText(300)) as string | undefined;
  const notes = reading.one('notes', readText(10_000));
  const membership = reading.membership();
  const fullName = reading.fullName(emails.length > 0);
  if (organization.name === undefined) reading.fault('organization', 'required', 'The row names no organization.');
  else if (!hasLetters(organization.name)) reading.fault('organization', 'no_letters', 'The name has no letters.');
  if (reading.problems.length > 0) return { problems: reading.problems };
  // What is noted about a row with a contact is noted about the contact: several rows may share an organization.
  if (notes !== undefined) Object.assign(fullName ? person : organization, { notes });
  const name = String(organization.name);
  return {
    row: {
      rowNumber: row.rowNumber,
      organization: { ...organization, name },
      person: fullName
        ? { full_name: fullName, ...person, ...(emails[0] !== undefined && { email: emails[0] }) }
        : null,
      emails,
      title,
      membership,
      domain: ownDomain(organization.website as string | undefined),
      organizationKey: organizationKey(name),
      nameKey: nameKey(name),
      personKey: fullName ? personKey(fullName) : '',
    },
  };
}

/** A name of nothing but signs cannot be found again. */
const hasLetters = (name: unknown): boolean => /[\p{L}\p{N}]/u.test(String(name)) && nameKey(String(name)) !== '';

class RowReading {
  readonly problems: RowProblem[];

  constructor(
    private readonly row: MappedRow,
    private readonly context: RowContext,
  ) {
    this.problems = [...row.problems];
  }

  fault(field: string, code: string, message: string): void {
    const column = this.context.header(field);
    // A cell that is damaged already need not be called misspelt as well.
    if (this.problems.some((problem) => problem.column === column && column !== null)) return;
    this.problems.push({ column, code, message });
  }

  one(field: string, read: Reader): unknown {
    const text = this.row.texts[field];
    if (text === undefined) return undefined;
    const answer = read(text);
    if ('value' in answer) return answer.value;
    this.fault(field, answer.code, answer.message);
    return undefined;
  }

  all(readers: [field: string, column: string, read: Reader][]): Values {
    const values: Values = {};
    for (const [field, column, read] of readers) {
      const value = this.one(field, read);
      if (value !== undefined) values[column] = value;
    }
    return values;
  }

  /** The name as printed where there is one; a name in two columns is put together, never the other way round. */
  fullName(named: boolean): string | undefined {
    const { contactName, givenName, familyName, phone, title } = this.row.texts;
    const name = contactName ?? ([givenName, familyName].filter(Boolean).join(' ') || undefined);
    if (name === undefined) {
      if (named) this.fault('email', 'contact_without_name', 'The row has an e-mail address but no name of a contact.');
      if (phone !== undefined)
        this.fault('phone', 'contact_without_name', 'The row has a telephone number but no name of a contact.');
      if (title !== undefined)
        this.fault('title', 'contact_without_name', 'The row has a title but no name of a contact.');
      return undefined;
    }
    const field = contactName === undefined ? (givenName === undefined ? 'familyName' : 'givenName') : 'contactName';
    if (!hasLetters(name)) this.fault(field, 'no_letters', 'The name has no letters.');
    if (name.length > 300) this.fault(field, 'too_long', 'The name has more than 300 characters.');
    return name;
  }

  /** All of a membership or nothing: a tier, its first day and its last. */
  membership(): MembershipValues | undefined {
    if (MEMBERSHIP.every((field) => this.row.texts[field] === undefined)) return undefined;
    const tierId = this.one('tier', (text) => this.tier(text)) as string | undefined;
    const [joinedOn, startsOn, endsOn] = ['joinedOn', 'startsOn', 'endsOn'].map((field) => this.date(field));
    for (const field of ['tier', 'startsOn', 'endsOn']) {
      if (this.row.texts[field] !== undefined) continue;
      this.fault(field, 'required', `A membership needs tier, startsOn and endsOn; ${field} is empty.`);
    }
    this.demandOrder(joinedOn, startsOn, endsOn);
    return tierId && startsOn && endsOn ? { tierId, joinedOn, startsOn, endsOn } : undefined;
  }

  private demandOrder(joinedOn?: string, startsOn?: string, endsOn?: string): void {
    if (startsOn && endsOn && endsOn < startsOn) {
      const message = `The membership ends on ${endsOn}, before it starts on ${startsOn}.`;
      this.fault('endsOn', 'ends_before_start', message);
    }
    if (joinedOn && startsOn && joinedOn > startsOn) {
      const message = `The member joined on ${joinedOn}, after the membership starts on ${startsOn}.`;
      this.fault('joinedOn', 'joined_after_start', message);
    }
  }

  private tier(text: string): Read<string> {
    const id = this.context.tiers.get(nameKey(text));
    return id ? { value: id } : { code: 'unknown_tier', message: `There is no membership tier "${text}".` };
  }

  private date(field: string): string | undefined {
    return this.one(field, (text) => {
      const read = readDate(text, this.context.dateOrder);
      return 'date' in read ? { value: read.date } : read;
    }) as string | undefined;
  }
}
