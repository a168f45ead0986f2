import type { ImportMode, RowProblem } from '#imports';
import { newId } from './import-ids.js';
import type { Outcome } from './import-outcome.js';
import { type ImportPicture, KEY, keysOfSubject, memberOf } from './import-picture.js';
import type { Values } from './member-row.js';
import { isEmpty, isSame, parentOf, type PlanSlot, Subject, type SubjectKind } from './import-subject.js';

/** Fields of the file by the columns they fill, for what is said about a cell. */
export const FIELDS: Readonly<Record<string, string>> = {
  ...{ name: 'organization', legal_name: 'legalName', kind: 'kind', website: 'website', country: 'country' },
  ...{ sectors: 'sectors', tags: 'tags', notes: 'notes', full_name: 'contactName', given_name: 'givenName' },
  ...{ family_name: 'familyName', email: 'email', phone: 'phone', locale: 'locale', title: 'title', tier_id: 'tier' },
  ...{ joined_on: 'joinedOn', starts_on: 'startsOn', ends_on: 'endsOn', cancelled_on: 'cancelledOn' },
  ...{ cancellation_reason: 'cancellationReason', parent_id: 'parent', aliases: 'aliases', honorific: 'honorific' },
  ...{ native_name: 'nativeName', time_zone: 'timeZone', source: 'titleSource', started_on: 'titleStartedOn' },
  ...{ ended_on: 'titleEndedOn', preferred: 'titlePreferred', other_emails: 'otherEmails' },
};

/** Columns that both an organization and its contact have, with the fields that fill them alone. */
const FIELDS_BY_KIND: Readonly<Record<string, string>> = {
  ...{ 'organization.notes': 'organizationNotes', 'person.notes': 'contactNotes' },
  ...{ 'person.country': 'contactCountry', 'person.aliases': 'contactAliases' },
};

/** Field that fills a column; undefined for one that nobody fills. */
export const fieldOf = (kind: SubjectKind, column: string): string | undefined =>
  FIELDS_BY_KIND[`${kind}.${column}`] ?? FIELDS[column];

/** How something new is entered. */
export interface Creation {
  /** Columns the row says nothing of; a later row may. */
  assumed?: string[];
  /** Its id, where the file gives one that nobody has here. */
  id?: string;
  slot?: PlanSlot;
}

/** Plans creations and changes as far as the mode allows, and keeps the picture as it will then be. */
export class Changes {
  constructor(
    private readonly picture: ImportPicture,
    private readonly mode: ImportMode,
    private readonly header: (field: string) => string | null,
  ) {}

  create(kind: Subject['kind'], state: Values, outcome: Outcome, creation: Creation = {}): Subject {
    const { assumed = [], id, slot = kind } = creation;
    const subject = new Subject(kind, id ?? newId(), state, false, assumed);
    subject.given = id !== undefined;
    subject.slot = slot;
    subject.create(outcome.owned, assumed);
    this.picture.add(subject);
    this.announce(subject, outcome.owned.rowNumber);
    if (id !== undefined) this.picture.announce(KEY.given(id), id, outcome.owned.rowNumber);
    outcome.created = true;
    return subject;
  }

  /** Rows to come that give the same id mean the same subject, whatever else they say. */
  remember(id: string | undefined, subject: Subject): void {
    if (id === undefined || id === subject.id) return;
    this.picture.announce(KEY.given(id), subject.id, subject.owner?.rowNumber ?? 0);
  }

  /** Rows to come find a subject under a key that it has got from this one. */
  lead(key: string, subject: Subject, outcome: Outcome): void {
    this.picture.announce(key, subject.id, subject.owner?.rowNumber ?? outcome.owned.rowNumber);
  }

  /** Adds to a list what it does not have yet; nothing is taken away from it. */
  extend(subject: Subject, column: string, values: unknown, outcome: Outcome): void {
    if (isEmpty(values)) return;
    const known = (subject.state[column] as string[] | null | undefined) ?? [];
    const all = [...new Set([...known, ...(values as string[])])];
    if (!isSame(all, known) && this.maySet(subject, column)) {
      subject.set(column, all, outcome.owned);
      outcome.updated = true;
    }
    subject.said.add(column);
  }

  /** Sets what the row says; the first row of a file to say something about a subject is the one that counts. */
  apply(subject: Subject, values: Values, outcome: Outcome): void {
    for (const column in values) {
      const value = values[column];
      if (isEmpty(value)) continue;
      if (!isSame(subject.state[column], value)) this.change(subject, column, value, outcome);
      subject.said.add(column);
    }
    if (!subject.stored || this.mode !== 'create') return;
    const message = `The ${subject.kind} is there already; mode create changes nothing.`;
    outcome.held.push({ column: this.header('organization'), code: 'already_there', message });
  }

  /** Puts an organization that an earlier row wrote below another one, which may be newer than that row. */
  link(child: Subject, parentId: string, outcome: Outcome): void {
    const { owned } = outcome;
    if (parentOf(child) !== parentId && child.said.has('parent_id')) {
      outcome.problems.push(this.contradiction('parent_id', child));
    } else if (parentOf(child) !== parentId && this.maySet(child, 'parent_id')) {
      owned.plan.link = {
        id: child.id,
        before: { parent_id: parentOf(child) ?? null },
        after: { parent_id: parentId },
      };
      child.linked = parentId;
      outcome.updated = true;
      this.picture.announce(KEY.link(child.id), child.id, owned.rowNumber);
    }
    child.said.add('parent_id');
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

  /** A day that stays unchanged, because it would come before the first one. */
  disorder(field: string, from: string, to: string): RowProblem {
    const message = `It would end on ${to}, before it starts on ${from}; the days stay as they are.`;
    return { column: this.header(field), code: 'ends_before_start', message };
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
    for (const key of keysOfSubject(subject)) this.picture.announce(key, id, rowNumber);
    if (kind === 'membership') this.picture.announce(KEY.memberships(memberOf(subject)), id, rowNumber);
    if (kind !== 'position') return;
    const person = this.picture.get(String(state.person_id));
    const key = KEY.colleague(
      (state.organization_id as string | null | undefined) ?? '',
      String(person?.state.match_key),
    );
    this.picture.announce(key, String(state.person_id), rowNumber);
  }

  /** What a row says against an earlier one. */
  contradiction(column: string, subject: Subject): RowProblem {
    const said = column.endsWith('_id') ? `another ${FIELDS[column] ?? ''}` : `"${String(subject.state[column])}"`;
    const message = `An earlier row of this file says ${said}; that one counts.`;
    const alone = this.header(FIELDS_BY_KIND[`${subject.kind}.${column}`] ?? '');
    return { column: alone ?? this.header(FIELDS[column] ?? column), code: 'differs_within_file', message };
  }
}
