import { type MappedRow, readDate, type RowProblem } from '#imports';
import { nameKey } from '#records';
import type { MembershipValues, RowContext, TitleValues, Values } from './member-row.js';
import { type Read, readText } from './import-values.js';

export type Reader = (text: string) => Read<unknown>;

const MEMBERSHIP = ['membershipId', 'tier', 'joinedOn', 'startsOn', 'endsOn', 'cancelledOn', 'cancellationReason'];

/** What can only be said of a contact that is named. */
const OF_A_CONTACT: [field: string, what: string][] = [
  ['email', 'an e-mail address'],
  ['otherEmails', 'an e-mail address'],
  ['phone', 'a telephone number'],
  ['title', 'a title'],
  ['nativeName', 'a native name'],
  ['contactAliases', 'other names'],
  ['contactNotes', 'notes'],
];

/** Reads the cells of one row and gathers what is wrong with them. */
export class RowReading {
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

  /** A file of people gives their ids, or has no column for organizations at all; elsewhere one was forgotten. */
  mayStandAlone(): boolean {
    return this.context.header('personId') !== null || this.context.header('organization') === null;
  }

  demandNone(field: string): void {
    if (this.row.texts[field] === undefined) return;
    this.fault(field, 'without_organization', `The row says ${field} but names no organization.`);
  }

  /** A name of nothing but signs cannot be found again. */
  demandLetters(field: string, name: unknown): void {
    if (name !== undefined && !hasLetters(name)) this.fault(field, 'no_letters', 'The name has no letters.');
  }

  /** The name as printed where there is one; a name in two columns is put together, never the other way round. */
  fullName(identified: boolean): string | undefined {
    const { contactName, givenName, familyName } = this.row.texts;
    const name = contactName ?? ([givenName, familyName].filter(Boolean).join(' ') || undefined);
    if (name === undefined) {
      if (!identified) this.demandNoDetails();
      return undefined;
    }
    const field = contactName === undefined ? (givenName === undefined ? 'familyName' : 'givenName') : 'contactName';
    this.demandLetters(field, name);
    if (name.length > 300) this.fault(field, 'too_long', 'The name has more than 300 characters.');
    return name;
  }

  /** Null when the row says nothing of an organization above. */
  parentName(identified: boolean): string | null {
    const name = this.one('parent', readText(300)) as string | undefined;
    this.demandLetters('parent', name);
    return name ?? (identified ? '' : null);
  }

  /** First and last day of a title. */
  period(): Pick<TitleValues, 'started_on' | 'ended_on'> {
    const [from, to] = [this.date('titleStartedOn'), this.date('titleEndedOn')];
    if (from && to && to < from) {
      this.fault('titleEndedOn', 'ends_before_start', `The title ended on ${to}, before it started on ${from}.`);
    }
    return { ...(from && { started_on: from }), ...(to && { ended_on: to }) };
  }

  /** All of a membership or nothing: a tier, its first day and its last. */
  membership(): MembershipValues | undefined {
    if (MEMBERSHIP.every((field) => this.row.texts[field] === undefined)) return undefined;
    const tierId = this.one('tier', (text) => this.tier(text)) as string | undefined;
    const [joinedOn, startsOn, endsOn, cancelledOn] = ['joinedOn', 'startsOn', 'endsOn', 'cancelledOn'].map((field) =>
      this.date(field),
    );
    const cancellationReason = this.one('cancellationReason', readText(1_000)) as string | undefined;
    for (const field of ['tier', 'startsOn', 'endsOn']) {
      if (this.row.texts[field] !== undefined) continue;
      this.fault(field, 'required', `A membership needs tier, startsOn and endsOn; ${this.missing(field)}`);
    }
    this.demandOrder(joinedOn, startsOn, endsOn);
    return tierId && startsOn && endsOn
      ? { tierId, joinedOn, startsOn, endsOn, cancelledOn, cancellationReason }
      : undefined;
  }

  private missing(field: string): string {
    if (this.context.header(field) !== null) return `${field} is empty.`;
    return `no column means ${field}: say in mapping which one does, or leave the membership's columns out (null).`;
  }

  private demandNoDetails(): void {
    for (const [field, what] of OF_A_CONTACT) {
      if (this.row.texts[field] === undefined) continue;
      this.fault(field, 'contact_without_name', `The row has ${what} but no name of a contact.`);
    }
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

const hasLetters = (name: unknown): boolean => /[\p{L}\p{N}]/u.test(String(name)) && nameKey(String(name)) !== '';
