import type { ImportMode, RowProblem } from '#imports';
import { newId } from './import-ids.js';
import type { Outcome } from './import-outcome.js';
import { type ImportPicture, KEY, keysOf } from './import-picture.js';
import type { Values } from './import-row.js';
import { isEmpty, isSame, Subject } from './import-subject.js';

/** Fields of the file by the columns they fill, for what is said about a cell. */
const FIELDS: Record<string, string> = {
  ...{ name: 'organization', legal_name: 'legalName', kind: 'kind', website: 'website', country: 'country' },
  ...{ sectors: 'sectors', tags: 'tags', notes: 'notes', full_name: 'contactName', given_name: 'givenName' },
  ...{ family_name: 'familyName', email: 'email', phone: 'phone', locale: 'locale', title: 'title', tier_id: 'tier' },
  ...{ joined_on: 'joinedOn', starts_on: 'startsOn', ends_on: 'endsOn' },
};

/** Plans creations and changes as far as the mode allows, and keeps the picture as it will then be. */
export class Changes {
  constructor(
    private readonly picture: ImportPicture,
    private readonly mode: ImportMode,
    private readonly header: (field: string) => string | null,
  ) {}

  /** `assumed` are columns the row says nothing of; a later row may. */
  create(kind: Subject['kind'], state: Values, outcome: Outcome, assumed: string[] = []): Subject {
    const said = Object.keys(state).filter((column) => !isEmpty(state[column]) && !assumed.includes(column));
    const subject = new Subject(kind, newId(), state, false, said);
    subject.create(outcome.owned, assumed);
    this.picture.add(subject);
    this.announce(subject, outcome.owned.rowNumber);
    outcome.created = true;
    return subject;
  }

  /** Sets what the row says; the first row of a file to say something about a subject is the one that counts. */
  apply(subject: Subject, values: Values, outcome: Outcome): void {
    for (const [column, value] of Object.entries(values)) {
      if (isEmpty(value)) continue;
      if (!isSame(subject.state[column], value)) this.change(subject, column, value, outcome);
      subject.said.add(column);
    }
    if (!subject.stored || this.mode !== 'create') return;
    const message = `The ${subject.kind} is there already; mode create changes nothing.`;
    outcome.held.push({ column: this.header('organization'), code: 'already_there', message });
  }

  /** Folded keys follow their names, and lead to the subject at once. */
  rekey(subject: Subject, keysOfState: (state: Values) => Values, outcome: Outcome): void {
    if (!outcome.updated) return;
    const keys = Object.entries(keysOfState(subject.state));
    const changed = keys.filter(([column, value]) => !isSame(subject.state[column] ?? '', value ?? ''));
    for (const [column, value] of changed) subject.set(column, value, outcome.owned);
    if (changed.length > 0) this.announce(subject, subject.owner?.rowNumber ?? outcome.owned.rowNumber);
  }

  /** Whether a column may take a value it does not have. */
  maySet(subject: Subject, column: string): boolean {
    if (!subject.stored || this.mode === 'upsert' || this.mode === 'update') return true;
    return this.mode === 'fill' && isEmpty(subject.state[column]);
  }

  /** Whether something may be created; if not, the row says why. */
  mayCreate(field: string, code: string, message: string, outcome: Outcome): boolean {
    if (this.mode === 'upsert' || this.mode === 'create') return true;
    outcome.held.push({ column: this.header(field), code, message: `${message} Mode ${this.mode} creates nothing.` });
    return false;
  }

  private change(subject: Subject, column: string, value: unknown, outcome: Outcome): void {
    if (subject.said.has(column)) outcome.problems.push(this.contradiction(column, subject));
    else if (this.maySet(subject, column)) {
      subject.set(column, value, outcome.owned);
      outcome.updated = true;
    }
  }

  /** Later batches find the subject under these keys. */
  private announce(subject: Subject, rowNumber: number): void {
    const { kind, id, state } = subject;
    for (const key of keysOf(subject)) this.picture.announce(key, id, rowNumber);
    if (kind === 'membership') this.picture.announce(KEY.memberships(String(state.organization_id)), id, rowNumber);
    if (kind !== 'position') return;
    const person = this.picture.get(String(state.person_id));
    const key = KEY.colleague(String(state.organization_id), String(person?.state.match_key));
    this.picture.announce(key, String(state.person_id), rowNumber);
  }

  private contradiction(column: string, subject: Subject): RowProblem {
    const said = column === 'tier_id' ? 'another tier' : `"${String(subject.state[column])}"`;
    const message = `An earlier row of this file says ${said}; that one counts.`;
    return { column: this.header(FIELDS[column] ?? column), code: 'differs_within_file', message };
  }
}
