import type { ImportMode, RowDecision, RowProblem } from '#imports';
import { nameKey } from '#records';
import { type ImportPicture, KEY, keysOf } from './import-picture.js';
import { Resolution, type Resolved, RowRefused } from './import-resolution.js';
import type { MemberRow, Values } from './import-row.js';
import { isEmpty, isSame, type OwnedPlan, Subject } from './import-subject.js';
import { newOrganizationColumns, organizationColumns, personColumns } from './import-keys.js';
import { newId } from './import-ids.js';

/** Fields of the file by the columns they fill, for what is said about a cell. */
const FIELDS: Record<string, string> = {
  ...{ name: 'organization', legal_name: 'legalName', kind: 'kind', website: 'website', country: 'country' },
  ...{ sectors: 'sectors', tags: 'tags', notes: 'notes', full_name: 'contactName', given_name: 'givenName' },
  ...{ family_name: 'familyName', email: 'email', phone: 'phone', locale: 'locale', title: 'title', tier_id: 'tier' },
  ...{ joined_on: 'joinedOn', starts_on: 'startsOn', ends_on: 'endsOn' },
};
/** Title of a contact whose row gives none. */
const CONTACT = 'Contact';

/** What a row has come to so far. */
class Outcome {
  created = false;
  updated = false;
  readonly problems: RowProblem[] = [];
  /** Things the mode forbids to create, or to update. */
  readonly held: RowProblem[] = [];
}

/** Decides what one row after the other writes, and keeps the picture as it will then be. */
export class Decider {
  private readonly resolution: Resolution;

  constructor(
    private readonly picture: ImportPicture,
    private readonly mode: ImportMode,
    private readonly header: (field: string) => string | null,
  ) {
    this.resolution = new Resolution(picture, mode, header);
  }

  decide(row: MemberRow): RowDecision & { owned: OwnedPlan } {
    const owned: OwnedPlan = { rowNumber: row.rowNumber, plan: {}, changed: false };
    try {
      return { ...this.write(row, this.resolution.resolve(row), owned), owned };
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      return { rowNumber: row.rowNumber, verdict: 'error', problems: [error.problem], owned };
    }
  }

  /** Nothing is refused from here on, so that a row is planned as a whole or not at all. */
  private write(row: MemberRow, resolved: Resolved, owned: OwnedPlan): RowDecision {
    const outcome = new Outcome();
    const organization = this.organization(row, resolved.organization, owned, outcome);
    if (!organization) return { rowNumber: row.rowNumber, verdict: 'skip', problems: outcome.held };
    const person = row.person ? this.person(row, resolved.person, organization, owned, outcome) : undefined;
    const position = person ? this.position(row, person, organization, owned, outcome) : undefined;
    const membership = row.membership
      ? this.membership(row, resolved.membership, organization, owned, outcome)
      : undefined;
    return {
      rowNumber: row.rowNumber,
      ...verdictOf(outcome),
      organizationId: organization.id,
      personId: person?.id,
      positionId: position?.id,
      membershipId: membership?.id,
    };
  }

  private organization(
    row: MemberRow,
    found: Subject | undefined,
    owned: OwnedPlan,
    outcome: Outcome,
  ): Subject | undefined {
    if (found) {
      const renamed = found.state.match_key !== row.organizationKey;
      // A name that is another name of the same organization says nothing new.
      const known =
        renamed &&
        String(found.state.alias_key ?? '')
          .split('|')
          .includes(row.nameKey);
      const { name, ...rest } = row.organization;
      this.keepFormerName(found, renamed && !known && this.maySet(found, 'name'), owned);
      this.apply(found, known ? rest : { name, ...rest }, owned, outcome);
      this.rekey(found, organizationColumns, owned, outcome);
      return found;
    }
    if (!this.mayCreate('organization', 'organization_not_found', 'There is no such organization.', outcome))
      return undefined;
    const assumed = row.organization.kind === undefined ? ['kind'] : [];
    const state: Values = { kind: 'company', ...row.organization };
    return this.create('organization', { ...state, ...newOrganizationColumns(row) }, owned, outcome, assumed);
  }

  /** An organization that is renamed is still found under its old name. */
  private keepFormerName(organization: Subject, renamed: boolean, owned: OwnedPlan): void {
    if (!renamed || organization.said.has('name')) return;
    const aliases = (organization.state.aliases as string[] | undefined) ?? [];
    organization.set('aliases', [...new Set([...aliases, String(organization.state.name)])], owned);
  }

  private person(
    row: MemberRow,
    found: Subject | undefined,
    organization: Subject,
    owned: OwnedPlan,
    outcome: Outcome,
  ): Subject | undefined {
    const values = row.person ?? { full_name: '' };
    if (found) {
      const { full_name: name, given_name: given, family_name: family, email, ...rest } = values;
      // Found by address under a shorter or another name: what is stored stays.
      const names =
        found.state.match_key === row.personKey ? { full_name: name, given_name: given, family_name: family } : {};
      this.addresses(found, row.emails, owned, outcome);
      this.apply(found, { ...names, ...rest }, owned, outcome);
      this.rekey(found, personColumns, owned, outcome);
      return found;
    }
    if (!this.mayCreate('contactName', 'person_not_found', `${values.full_name} is not known here.`, outcome))
      return undefined;
    const state: Values = { ...values, other_emails: row.emails.slice(1) };
    return this.create('person', { ...state, ...personColumns(state) }, owned, outcome);
  }

  /** The first address of the row becomes the main one; the former main one, and further ones, are kept beside it. */
  private addresses(person: Subject, emails: string[], owned: OwnedPlan, outcome: Outcome): void {
    const [main] = emails;
    if (main === undefined) return;
    const { email, other_emails: others } = person.state as { email?: string | null; other_emails?: string[] };
    const known = [email, ...(others ?? [])];
    const replaces = !known.includes(main) && !person.said.has('email') && this.maySet(person, 'email');
    const next = replaces ? [...known.slice(1), email, ...emails.slice(1)] : [...known.slice(1), ...emails];
    const current = replaces ? main : email;
    const more = [...new Set(next)].filter((other): other is string => !!other && other !== current);
    if (replaces) this.apply(person, { email: main }, owned, outcome);
    person.said.add('email');
    if (isSame(more, others ?? []) || !(this.maySet(person, 'email') || !person.stored)) return;
    person.set('other_emails', more, owned);
    outcome.updated = true;
  }

  /** A title read elsewhere stays and stands beside the row's; one without a source is the chamber's own and follows the file. */
  private position(
    row: MemberRow,
    person: Subject,
    organization: Subject,
    owned: OwnedPlan,
    outcome: Outcome,
  ): Subject | undefined {
    const held = this.picture.positionsOf(person.id, organization.id);
    const title = row.title ?? CONTACT;
    const same = held.find((position) => nameKey(String(position.state.title)) === nameKey(title));
    if (same) this.apply(same, row.title === undefined ? {} : { title: same.state.title }, owned, outcome);
    if (same || (held.length > 0 && row.title === undefined)) return same ?? preferredOf(held);
    const own = preferredOf(held.filter((position) => !position.state.source && !position.said.has('title')));
    if (own) {
      this.apply(own, { title }, owned, outcome);
      return own;
    }
    if (held.length > 0 && (this.mode === 'create' || this.mode === 'fill') && held.every(({ stored }) => stored))
      return preferredOf(held);
    if (!this.mayCreate('title', 'position_not_found', `The contact has no title at this organization.`, outcome))
      return undefined;
    const preferred = !held.some((position) => position.state.preferred);
    const state = { person_id: person.id, organization_id: organization.id, title, preferred };
    return this.create('position', state, owned, outcome, row.title === undefined ? ['title'] : []);
  }

  private membership(
    row: MemberRow,
    found: Subject | undefined,
    organization: Subject,
    owned: OwnedPlan,
    outcome: Outcome,
  ): Subject | undefined {
    if (!row.membership) return undefined;
    const { tierId, joinedOn, startsOn, endsOn } = row.membership;
    if (found) {
      // One that only shares days with the row's is left as it is; modes that write refuse it earlier.
      const same = found.state.starts_on === startsOn;
      const changes = { tier_id: tierId, joined_on: joinedOn, ends_on: endsOn };
      this.apply(found, same ? changes : {}, owned, outcome);
      return found;
    }
    if (!this.mayCreate('startsOn', 'membership_not_found', `There is no membership from ${startsOn}.`, outcome))
      return undefined;
    const earlier = this.picture.membershipsOf(organization.id).map(({ state }) => String(state.joined_on));
    const [joined = startsOn] = [...earlier.filter((day) => day <= startsOn), startsOn].sort();
    const dates = { joined_on: joinedOn ?? joined, starts_on: startsOn, ends_on: endsOn };
    const state = {
      organization_id: organization.id,
      tier_id: tierId,
      ...dates,
      search_key: organization.state.search_key,
    };
    return this.create('membership', state, owned, outcome, joinedOn === undefined ? ['joined_on'] : []);
  }

  private create(
    kind: Subject['kind'],
    state: Values,
    owned: OwnedPlan,
    outcome: Outcome,
    assumed: string[] = [],
  ): Subject {
    const said = Object.keys(state).filter((column) => !isEmpty(state[column]) && !assumed.includes(column));
    const subject = new Subject(kind, newId(), state, false, said);
    subject.create(owned, assumed);
    this.picture.add(subject);
    this.announce(subject, owned.rowNumber);
    outcome.created = true;
    return subject;
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

  /** Folded keys follow their names, and lead to the subject at once. */
  private rekey(subject: Subject, keysOfState: (state: Values) => Values, owned: OwnedPlan, outcome: Outcome): void {
    if (!outcome.updated) return;
    const keys = keysOfState(subject.state);
    const changed = Object.entries(keys).filter(([column, value]) => !isSame(subject.state[column] ?? '', value ?? ''));
    if (changed.length === 0) return;
    for (const [column, value] of changed) subject.set(column, value, owned);
    this.announce(subject, subject.owner?.rowNumber ?? owned.rowNumber);
  }

  /** Sets what the row says; the first row of a file to say something about a subject is the one that counts. */
  private apply(subject: Subject, values: Values, owned: OwnedPlan, outcome: Outcome): void {
    for (const [column, value] of Object.entries(values)) {
      if (isEmpty(value)) continue;
      if (!isSame(subject.state[column], value)) {
        if (subject.said.has(column)) outcome.problems.push(this.contradiction(column, subject));
        else if (this.maySet(subject, column)) {
          subject.set(column, value, owned);
          outcome.updated = true;
        }
      }
      subject.said.add(column);
    }
    if (subject.stored && this.mode === 'create')
      outcome.held.push(
        this.problem(
          'organization',
          'already_there',
          `The ${subject.kind} is there already; mode create changes nothing.`,
        ),
      );
  }

  /** Whether a column may take a value it does not have. */
  private maySet(subject: Subject, column: string): boolean {
    if (!subject.stored || this.mode === 'upsert' || this.mode === 'update') return true;
    return this.mode === 'fill' && isEmpty(subject.state[column]);
  }

  private mayCreate(field: string, code: string, message: string, outcome: Outcome): boolean {
    if (this.mode === 'upsert' || this.mode === 'create') return true;
    outcome.held.push(this.problem(field, code, `${message} Mode ${this.mode} creates nothing.`));
    return false;
  }

  private contradiction(column: string, subject: Subject): RowProblem {
    const field = FIELDS[column] ?? column;
    const said = String(subject.state[column]);
    return this.problem(
      field,
      'differs_within_file',
      `An earlier row of this file says ${column === 'tier_id' ? 'another tier' : `"${said}"`}; that one counts.`,
    );
  }

  private problem(field: string, code: string, message: string): RowProblem {
    return { column: this.header(field), code, message };
  }
}

function verdictOf({ created, updated, problems, held }: Outcome): Pick<RowDecision, 'verdict' | 'problems'> {
  if (created || updated) {
    const missing = held.filter(({ code }) => code !== 'already_there');
    return { verdict: created ? 'create' : 'update', problems: [...problems, ...missing] };
  }
  const [first, ...rest] = held;
  if (!first) return { verdict: 'unchanged', problems };
  return { verdict: 'skip', problems: [...problems, first, ...rest.filter(({ code }) => code !== first.code)] };
}

const preferredOf = (positions: Subject[]): Subject | undefined =>
  positions.find((position) => position.state.preferred) ?? positions[0];
