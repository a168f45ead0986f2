import type { ImportMode, RowProblem } from '#imports';
import { type ImportPicture, KEY } from './import-picture.js';
import type { MemberRow, MembershipValues } from './import-row.js';
import { organizationKeysOf } from './import-lookup.js';
import type { Subject } from './import-subject.js';

/** A row that must not be written, and why. */
export class RowRefused extends Error {
  constructor(readonly problem: RowProblem) {
    super(problem.message);
  }
}

/** Whom a row means; undefined where nobody is known yet. */
export interface Resolved {
  organization?: Subject;
  person?: Subject;
  membership?: Subject;
}

type Header = (field: string) => string | null;

/** Finds whom a row means. What may mean several is refused with the candidates, never guessed. */
export class Resolution {
  constructor(
    private readonly picture: ImportPicture,
    private readonly mode: ImportMode,
    private readonly header: Header,
  ) {}

  /** Throws RowRefused. */
  resolve(row: MemberRow): Resolved {
    const organization = this.organization(row);
    return {
      organization,
      person: row.person ? this.person(row, organization) : undefined,
      membership: organization && row.membership ? this.membership(row.membership, organization) : undefined,
    };
  }

  /** By the website's domain, then by folded name (or another name) and country. */
  private organization(row: MemberRow): Subject | undefined {
    const named = this.named(row);
    const hosted = row.domain ? this.picture.find('organization', [KEY.domain(row.domain)]) : [];
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
    const { country } = row.organization;
    const same = found.filter((subject) => country && subject.state.country === country);
    if (same.length > 0) return same;
    return found.filter((subject) => !country || !subject.state.country);
  }

  private only(subjects: Subject[], field: string, row: MemberRow): Subject | undefined {
    if (subjects.length <= 1) return subjects[0];
    const what = field === 'organization' ? row.organization.name : String(row.person?.full_name);
    throw new RowRefused({
      column: this.header(field) ?? this.header('organization'),
      code: `ambiguous_${field === 'organization' ? 'organization' : 'person'}`,
      message: `"${what}" may mean any of ${subjects.length}: ${subjects.map(titleOf).join('; ')}.`,
      candidates: subjects.map(candidate),
    });
  }

  /** By address, then by folded name among the people of the organization. */
  private person(row: MemberRow, organization: Subject | undefined): Subject | undefined {
    const [main] = row.emails;
    const addressed = main === undefined ? [] : this.picture.find('person', [KEY.email(main)]);
    const fitting = addressed.filter((subject) => isNamesake(subject, row));
    if (fitting.length > 0) return this.only(fitting, this.nameField(), row);
    if (addressed.length > 0) throw this.foreignAddress(addressed, row);
    if (!organization) return undefined;
    return this.only(
      this.picture.find('person', [KEY.colleague(organization.id, row.personKey)]),
      this.nameField(),
      row,
    );
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

  /** The membership that begins on the same day; one that only shares some days with the row's is refused. */
  private membership(wanted: MembershipValues, organization: Subject): Subject | undefined {
    const all = this.picture.membershipsOf(organization.id);
    const live = all.filter((subject) => !subject.state.cancelled_on);
    const same = live.find((subject) => subject.state.starts_on === wanted.startsOn);
    if (this.mode === 'create' || this.mode === 'fill')
      return same ?? live.find((subject) => overlaps(subject, wanted));
    const other = live.find((subject) => subject !== same && overlaps(subject, wanted));
    // A row that another row of this file contradicts changes no dates, so only what it would create can overlap.
    if (other && !(same && same.said.has('ends_on'))) throw this.overlap(other);
    if (!same && all.some((subject) => subject.state.starts_on === wanted.startsOn)) throw this.cancelled();
    return same;
  }

  private overlap(other: Subject): RowRefused {
    return new RowRefused({
      column: this.header('startsOn'),
      code: 'membership_overlap',
      message: `There is a membership from ${String(other.state.starts_on)} to ${String(other.state.ends_on)} already, which shares days with this one.`,
      candidates: [
        {
          type: 'membership',
          id: other.id,
          title: `${String(other.state.starts_on)} – ${String(other.state.ends_on)}`,
        },
      ],
    });
  }

  private cancelled(): RowRefused {
    return new RowRefused({
      column: this.header('startsOn'),
      code: 'membership_cancelled',
      message: 'The membership that begins on this day was cancelled; an import does not bring it back.',
    });
  }
}

const overlaps = ({ state }: Subject, { startsOn, endsOn }: MembershipValues): boolean =>
  String(state.starts_on) <= endsOn && startsOn <= String(state.ends_on);

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
