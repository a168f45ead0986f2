import type { ImportMode } from '#imports';
import { organizationKey } from '#records';
import { keysOfParent, organizationKeysOf } from './import-row-keys.js';
import { type Header, IdMatching, RowRefused } from './import-matching.js';
import { MembershipMatching } from './import-membership-matching.js';
import { type ImportPicture, KEY } from './import-picture.js';
import type { MemberRow } from './member-row.js';
import { parentOf, type Subject } from './import-subject.js';

/** Whom a row means; undefined where nobody is known yet. */
export interface Resolved {
  organization?: Subject;
  parent?: Subject;
  person?: Subject;
  /** Only where the row gives its id. */
  position?: Subject;
  membership?: Subject;
}

/** What tells one from another. */
const TELLING = { organization: 'country, website or organizationId', parent: 'parentId', person: 'email or personId' };

/** Finds whom a row means. What may mean several is refused with the candidates, never guessed. */
export class Resolution {
  private readonly ids: IdMatching;
  private readonly memberships: MembershipMatching;

  constructor(
    private readonly picture: ImportPicture,
    mode: ImportMode,
    private readonly header: Header,
  ) {
    this.ids = new IdMatching(picture, header);
    this.memberships = new MembershipMatching(picture, mode, header, this.ids);
  }

  /** Throws RowRefused. */
  resolve(row: MemberRow): Resolved {
    const organization = row.organization ? this.organization(row) : undefined;
    const parent = row.parentName === null ? undefined : this.parent(row, row.parentName, organization);
    const person = row.person ? this.person(row, organization) : undefined;
    const position = row.person ? this.position(row, person, organization) : undefined;
    const membership = this.memberships.find(row, row.organization ? organization : person);
    return { organization, parent, person, position, membership };
  }

  /** By id, by the website's domain, then by folded name (or another name) and country. */
  private organization(row: MemberRow): Subject | undefined {
    const { organization: id } = row.ids;
    const known = this.ids.find('organization', id, 'organizationId');
    if (known) return known;
    if (row.organization?.name === undefined) throw this.ids.unknown('organization', 'organizationId');
    const named = this.ids.open(this.named(row), id);
    const hosted = row.domain ? this.ids.open(this.picture.find('organization', [KEY.domain(row.domain)]), id) : [];
    if (hosted.length === 0) return this.only(named, 'organization', row);
    const both = hosted.filter((subject) => named.includes(subject));
    if (both.length > 0) return this.only(both, 'organization', row);
    if (named.length === 0) return this.only(hosted, 'organization', row);
    return this.only([...hosted, ...named], 'organization', row);
  }

  /** A country that is not known on one side contradicts nothing, but one that is equal is the better sign. */
  private named(row: MemberRow): Subject[] {
    const found = this.picture.find(
      'organization',
      organizationKeysOf(row).filter((key) => !key.startsWith('d:')),
    );
    const country = row.organization?.country;
    const same = found.filter((subject) => country && subject.state.country === country);
    if (same.length > 0) return same;
    return found.filter((subject) => !country || !subject.state.country);
  }

  private only(subjects: Subject[], field: string, row: MemberRow): Subject | undefined {
    if (subjects.length <= 1) return subjects[0];
    const what = { organization: row.organization?.name, parent: row.parentName }[field] ?? row.person?.full_name;
    const noun = field === 'organization' || field === 'parent' ? field : 'person';
    throw new RowRefused({
      column: this.header(field) ?? this.header('organization'),
      code: `ambiguous_${noun}`,
      message: `"${String(what)}" may mean any of ${subjects.length}: ${subjects.map(titleOf).join('; ')}. Tell them apart by ${TELLING[noun]}.`,
      candidates: subjects.map(candidate),
    });
  }

  /** By id, then by folded name. Throws RowRefused when it stands below the organization itself. */
  private parent(row: MemberRow, name: string, child: Subject | undefined): Subject | undefined {
    const known = this.ids.find('organization', row.ids.parent, 'parentId');
    if (!known && name === '') throw this.ids.unknown('organization', 'parentId');
    const keys = keysOfParent(name);
    const named = known ? [known] : this.ids.open(this.picture.find('organization', keys), row.ids.parent);
    const parent = this.only(named, 'parent', row);
    const itself = !known && row.ids.parent === undefined && organizationKey(name) === row.organizationKey;
    if (parent ? child && this.isAbove(child, parent) : itself) throw this.circle();
    return parent;
  }

  private isAbove(child: Subject, parent: Subject): boolean {
    const seen = new Set<string>();
    for (let at: Subject | undefined = parent; at && !seen.has(at.id);) {
      if (at.id === child.id) return true;
      seen.add(at.id);
      at = this.picture.get(parentOf(at) ?? '');
    }
    return false;
  }

  private circle(): RowRefused {
    const message = 'The organization would stand above itself.';
    return new RowRefused({ column: this.header('parent') ?? this.header('parentId'), code: 'parent_cycle', message });
  }

  /** By id, by address, then by folded name: among the people of the organization, or among those of none. */
  private person(row: MemberRow, organization: Subject | undefined): Subject | undefined {
    const { person: id } = row.ids;
    const known = this.ids.find('person', id, 'personId');
    if (known) return known;
    if (row.person?.full_name === undefined) throw this.ids.unknown('person', 'personId');
    const [main] = row.emails;
    const addressed = main === undefined ? [] : this.ids.open(this.picture.find('person', [KEY.email(main)]), id);
    const fitting = addressed.filter((subject) => isNamesake(subject, row));
    if (fitting.length > 0) return this.only(fitting, this.nameField(), row);
    if (addressed.length > 0) throw this.foreignAddress(addressed, row);
    if (row.organization && !organization) return undefined;
    const key = organization ? KEY.colleague(organization.id, row.personKey) : KEY.alone(row.personKey);
    return this.only(this.ids.open(this.picture.find('person', [key]), id), this.nameField(), row);
  }

  private nameField(): string {
    return ['contactName', 'familyName', 'givenName'].find((field) => this.header(field) !== null) ?? 'contactName';
  }

  private foreignAddress(owners: Subject[], row: MemberRow): RowRefused {
    return new RowRefused({
      column: this.header('email'),
      code: 'email_of_another_person',
      message: `${row.emails[0]} belongs to ${owners.map(titleOf).join('; ')}, not to ${String(row.person?.full_name)}.`,
      candidates: owners.map(candidate),
    });
  }

  private position(row: MemberRow, person?: Subject, organization?: Subject): Subject | undefined {
    const known = this.ids.find('position', row.ids.position, 'positionId');
    if (!known) return undefined;
    const same =
      known.state.person_id === person?.id && (known.state.organization_id ?? undefined) === organization?.id;
    if (!same) throw this.ids.foreign('position', 'positionId');
    return known;
  }
}

/** The same words, or all the words of the shorter name in the longer one; or another name the person has. */
export function isNamesake({ state }: Subject, row: MemberRow): boolean {
  const [known, given] = [String(state.match_key).split(' '), row.personKey.split(' ')];
  const [short, long] = known.length < given.length ? [known, given] : [given, known];
  if (short.every((word) => long.includes(word))) return true;
  const aliases = typeof state.alias_key === 'string' ? state.alias_key.split('|') : [];
  return aliases.some((alias) => alias.split(' ').sort().join(' ') === row.personKey);
}

function titleOf({ state }: Subject): string {
  const title = String(state.name ?? state.full_name);
  const detail = state.country ?? state.email;
  return typeof detail === 'string' ? `${title} (${detail})` : title;
}

const candidate = (subject: Subject): { type: string; id: string; title: string } => ({
  type: subject.kind,
  id: subject.id,
  title: titleOf(subject),
});
