import type { FileKey } from '#imports';
import { nameKey } from '#records';
import type { KnownId } from './import-known-ids.js';
import type { Values } from './member-row.js';
import type { Subject, SubjectKind } from './import-subject.js';
import { ownDomain } from './import-values.js';

/** Keys under which subjects are found, stored ones and those of earlier rows alike. */
export const KEY = {
  domain: (domain: string): string => `d:${domain}`,
  organization: (matchKey: string): string => `n:${matchKey}`,
  alias: (foldedName: string): string => `a:${foldedName}`,
  email: (email: string): string => `e:${email}`,
  colleague: (organizationId: string, personKey: string): string => `p:${organizationId}:${personKey}`,
  /** Somebody without a title at any organization. */
  alone: (personKey: string): string => `s:${personKey}`,
  memberships: (memberId: string): string => `m:${memberId}`,
  /** An id as the file gives it. */
  given: (id: string): string => `x:${id}`,
  /** A new organization that has another one above it. */
  child: (id: string): string => `c:${id}`,
  /** An organization that a later row than its own has put below another one. */
  link: (id: string): string => `l:${id}`,
  /** What the file has said about a stored subject. */
  said: (id: string): string => `i:${id}`,
};

/** Everything one batch needs to know of the directory and of earlier rows. */
export class ImportPicture {
  private readonly subjects = new Map<string, Subject>();
  private readonly index = new Map<string, string | string[]>();
  private readonly positions = new Map<string, Subject[]>();
  private readonly memberships = new Map<string, Subject[]>();
  /** Whom a key was last announced for. */
  private readonly announced = new Map<string, string>();
  /** Keys this batch adds for later ones. */
  readonly newKeys: FileKey[] = [];
  /** What is stored under the ids the file gives. */
  readonly known = new Map<string, KnownId>();
  /** Tiers that nobody is given any more. */
  readonly retiredTiers = new Set<string>();

  get(id: string): Subject | undefined {
    return this.subjects.get(id);
  }

  all(): IterableIterator<Subject> {
    return this.subjects.values();
  }

  find(kind: SubjectKind, keys: string[]): Subject[] {
    const found: Subject[] = [];
    for (const key of keys) {
      const ids = this.index.get(key);
      if (ids === undefined) continue;
      for (const id of typeof ids === 'string' ? [ids] : ids) {
        const subject = this.subjects.get(id);
        if (subject?.kind === kind && !found.includes(subject)) found.push(subject);
      }
    }
    return found;
  }

  /** Titles at one organization, or those at none. */
  positionsOf(personId: string, organizationId: string | null): Subject[] {
    return this.positions.get(`${personId} ${String(organizationId)}`) ?? [];
  }

  membershipsOf(memberId: string): Subject[] {
    return this.memberships.get(memberId) ?? [];
  }

  /** Adds a subject and makes it findable; one that is there already stays as it is. */
  add(subject: Subject): Subject {
    const known = this.subjects.get(subject.id);
    if (known) return known;
    this.subjects.set(subject.id, subject);
    for (const key of keysOfSubject(subject)) this.point(key, subject.id);
    if (subject.kind === 'position') this.addPosition(subject);
    if (subject.kind === 'membership') push(this.memberships, memberOf(subject), subject);
    return subject;
  }

  /** Lets a key lead to a subject. */
  point(key: string, id: string): void {
    const ids = this.index.get(key);
    if (ids === undefined) this.index.set(key, id);
    else if (ids !== id && !ids.includes(id)) this.index.set(key, [ids, id].flat());
  }

  /** Lets a key lead to a subject, also for the batches to come. */
  announce(key: string, subjectId: string, rowNumber: number): void {
    if (this.announced.get(key) === subjectId) return;
    this.announced.set(key, subjectId);
    this.point(key, subjectId);
    this.newKeys.push({ key, subjectId, rowNumber, fields: null });
  }

  private addPosition(subject: Subject): void {
    const { person_id: personId, organization_id: organizationId } = subject.state as Record<string, string | null>;
    push(this.positions, `${String(personId)} ${String(organizationId ?? null)}`, subject);
    const person = this.subjects.get(String(personId));
    if (person && organizationId) this.point(KEY.colleague(organizationId, String(person.state.match_key)), person.id);
  }
}

/** Whose membership it is. */
export const memberOf = ({ state }: Subject): string => String(state.organization_id ?? state.person_id);

/** Keys that follow from a subject itself. */
export const keysOfSubject = (subject: Subject): string[] => (subject.keys ??= keysOf(subject));

function keysOf({ kind, state }: { kind: SubjectKind; state: Values }): string[] {
  if (kind === 'organization') {
    const domain = ownDomain((state.website as string | null) ?? undefined);
    return [
      ...(domain ? [KEY.domain(domain)] : []),
      KEY.organization(String(state.match_key)),
      KEY.alias(nameKey(String(state.name))),
      ...words(state.alias_key).map(KEY.alias),
    ];
  }
  if (kind !== 'person') return [];
  return [state.email, ...((state.other_emails as string[] | null) ?? [])]
    .filter((email): email is string => typeof email === 'string')
    .map(KEY.email);
}

const words = (aliasKey: unknown): string[] =>
  typeof aliasKey === 'string' && aliasKey !== '' ? aliasKey.split('|') : [];

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
