import { Injectable } from '@nestjs/common';
import type { AnalysisBatch } from '#imports';
import { Database } from '#database';
import { organizationKey } from '#records';
import { keysOfMember, keysOfRow, organizationKeysOf, otherNamesOf } from './import-row-keys.js';
import { ImportPicture, KEY } from './import-picture.js';
import { knownIds } from './import-known-ids.js';
import type { MemberRow, Values } from './member-row.js';
import { retiredTiers, tierIds } from './import-tiers.js';
import {
  kindOf,
  type OwnedPlan,
  parentOf,
  PLAN_SLOTS,
  type PlanSlot,
  Subject,
  type SubjectKind,
} from './import-subject.js';

type Stored = Values & { id: string };

const COLUMNS: Record<SubjectKind, string> = {
  organization: `s.id, s.name, s.legal_name, s.kind, s.website, s.country, s.parent_id, s.sectors, s.tags, s.notes, s.aliases,
    s.domain, s.match_key, s.alias_key, s.search_key`,
  person: `s.id, s.full_name, s.honorific, s.native_name, s.given_name, s.family_name, s.aliases, s.email, s.other_emails,
    s.phone, s.country, s.locale, s.time_zone, s.notes, s.match_key, s.alias_key, s.search_key`,
  position: `s.id, s.person_id, s.organization_id, s.title, s.source, s.started_on::text, s.ended_on::text, s.preferred`,
  membership: `s.id, s.organization_id, s.person_id, s.tier_id, s.joined_on::text, s.starts_on::text, s.ends_on::text,
    s.cancelled_on::text, s.cancellation_reason, s.search_key`,
};

/** Draws the picture a batch needs: a dozen queries, however many rows it has. */
@Injectable()
export class ImportLookup {
  constructor(readonly database: Database) {}

  /** Ids of the tiers by folded code and name. */
  tiers(): Promise<Map<string, string>> {
    return tierIds(this.database);
  }

  async picture(rows: MemberRow[], batch: AnalysisBatch): Promise<ImportPicture> {
    const drawing = new Drawing(this.database, batch);
    for (const id of await retiredTiers(this.database)) drawing.picture.retiredTiers.add(id);
    await drawing.byIds(rows);
    await drawing.byNames(rows);
    await drawing.colleagues(rows);
    await drawing.alone(rows.filter((row) => !row.organization));
    await drawing.memberships(rows);
    await drawing.positions();
    await drawing.said();
    if (rows.some((row) => row.parentName !== null)) await drawing.ancestors();
    return drawing.picture;
  }
}

class Drawing {
  readonly picture = new ImportPicture();
  private readonly plans = new Map<number, OwnedPlan>();

  constructor(
    private readonly database: Database,
    private readonly batch: AnalysisBatch,
  ) {}

  /** What the ids of the rows stand for, here and in earlier rows. */
  async byIds(rows: MemberRow[]): Promise<void> {
    const ids = unique(rows.flatMap((row) => Object.values(row.ids) as string[]));
    if (ids.length === 0) return;
    for (const known of await knownIds(this.database, ids)) this.picture.known.set(known.id, known);
    const live = [...this.picture.known.values()].filter(({ archived }) => !archived);
    for (const kind of ['organization', 'person', 'membership'] as const) {
      const own = live.filter(({ type }) => type === kind).map(({ id }) => id);
      this.store(kind, await this.by(kind, 'id', own));
    }
    await this.fileKeys(ids.map(KEY.given));
  }

  /** Organizations by domain, name and alias; people by address. */
  async byNames(rows: MemberRow[]): Promise<void> {
    const keys = unique(rows.flatMap(keysOfRow));
    this.store('organization', await this.storedOrganizations(rows));
    this.store('person', await this.storedPeople(unique(rows.flatMap((row) => row.emails))));
    await this.fileKeys(keys);
  }

  /** People who bear the name of a row's contact and have a title at an organization the row may mean. */
  async colleagues(rows: MemberRow[]): Promise<void> {
    const pairs = rows.filter((row) => row.person).flatMap((row) => this.pairs(row));
    const stored = pairs.filter(([organizationId]) => this.picture.get(organizationId)?.stored);
    this.store('person', await this.storedColleagues(stored));
    await this.fileKeys(unique(pairs.map(([organizationId, key]) => KEY.colleague(organizationId, key))));
  }

  /** People whom rows without an organization may mean. */
  async alone(rows: MemberRow[]): Promise<void> {
    const keys = unique(rows.map((row) => row.personKey).filter((key) => key !== ''));
    const stored = await this.storedAlone(keys);
    this.store('person', stored);
    for (const { id, match_key: key } of stored) this.picture.point(KEY.alone(String(key)), id);
    await this.fileKeys(keys.flatMap((key) => [KEY.alone(key), KEY.colleague('', key)]));
  }

  async memberships(rows: MemberRow[]): Promise<void> {
    const ids = this.idsOf('organization');
    this.store('membership', await this.by('membership', 'organization_id', ids.stored));
    const alone = rows.filter((row) => !row.organization && row.membership);
    const identified = alone.flatMap(({ ids: { person = '' } }) => this.picture.get(person) ?? []);
    const people = [...identified, ...this.picture.find('person', unique(alone.flatMap(keysOfMember)))];
    const stored = people.filter((person) => person.stored).map(({ id }) => id);
    this.store('membership', await this.by('membership', 'person_id', stored));
    await this.fileKeys([...ids.all, ...people.map(({ id }) => id)].map(KEY.memberships));
  }

  async positions(): Promise<void> {
    const { stored } = this.idsOf('person');
    this.store('position', await this.by('position', 'person_id', stored));
  }

  /** What earlier rows said about stored subjects, and which of them wrote. */
  async said(stored = [...this.picture.all()].filter((subject) => subject.stored)): Promise<void> {
    const keys = await this.batch.findKeys(stored.map(({ id }) => KEY.said(id)));
    await this.loadPlans(keys.map(({ rowNumber }) => rowNumber));
    for (const { subjectId, rowNumber, fields } of keys) {
      const subject = this.picture.get(subjectId);
      if (!subject) continue;
      for (const field of fields ?? []) subject.said.add(field);
      this.own(subject, rowNumber);
      subject.kept = signature(subject);
    }
  }

  /** Organizations above others, up to the topmost, so that no row closes a circle. */
  async ancestors(): Promise<void> {
    for (let found = this.idsOf('organization').all; found.length > 0;) {
      await this.links(found);
      const above = unique([...this.picture.all()].flatMap((subject) => parentOf(subject) ?? []));
      const missing = above.filter((id) => !this.picture.get(id));
      await this.fileKeys(missing.map(KEY.child));
      const stored = await this.by('organization', 'id', missing);
      this.store('organization', stored);
      await this.said(stored.flatMap(({ id }) => this.picture.get(id) ?? []));
      found = missing.filter((id) => this.picture.get(id));
    }
  }

  /** What earlier rows have put above organizations that were written before. */
  private async links(ids: string[]): Promise<void> {
    const keys = await this.batch.findKeys(ids.map(KEY.link));
    await this.loadPlans(keys.map(({ rowNumber }) => rowNumber));
    for (const { subjectId, rowNumber } of keys) {
      const [subject, link] = [this.picture.get(subjectId), this.plans.get(rowNumber)?.plan.link];
      if (!subject || !link) continue;
      subject.linked = String(link.after.parent_id);
      subject.said.add('parent_id');
    }
  }

  private own(subject: Subject, rowNumber: number): void {
    const owner = this.plans.get(rowNumber);
    const slot = PLAN_SLOTS.find((place) => owner?.plan[place]?.id === subject.id);
    if (!owner || !slot) return;
    subject.owner = owner;
    subject.slot = slot;
    Object.assign(subject.state, owner.plan[slot]?.after);
  }

  private pairs(row: MemberRow): [organizationId: string, personKey: string][] {
    const organizations = this.picture.find('organization', organizationKeysOf(row)).map(({ id }) => id);
    const { organization: id } = row.ids;
    const meant =
      id === undefined ? [] : [id, ...this.picture.find('organization', [KEY.given(id)]).map((one) => one.id)];
    return unique([...organizations, ...meant]).map((organizationId) => [organizationId, row.personKey]);
  }

  private async fileKeys(keys: string[]): Promise<void> {
    const found = await this.batch.findKeys(keys);
    await this.loadPlans(found.map(({ rowNumber }) => rowNumber));
    await this.loadMissing(found.map(({ subjectId }) => subjectId));
    for (const { key, subjectId } of found) this.picture.point(key, subjectId);
  }

  private async loadPlans(rowNumbers: number[]): Promise<void> {
    const missing = [...new Set(rowNumbers)].filter((row) => row > 0 && !this.plans.has(row));
    if (missing.length === 0) return;
    for (const { rowNumber, plan } of await this.batch.findPlans(missing)) {
      const owned: OwnedPlan = { rowNumber, plan, changed: false };
      this.plans.set(rowNumber, owned);
      for (const slot of PLAN_SLOTS) this.addNew(slot, owned);
    }
  }

  private addNew(slot: PlanSlot, owner: OwnedPlan): void {
    const piece = owner.plan[slot];
    if (!piece?.new) return;
    const subject = this.picture.add(new Subject(kindOf(slot), piece.id, piece.after, false, piece.assumed));
    subject.slot = slot;
    subject.given = piece.given === true;
    subject.owner = owner;
  }

  /** Stored subjects that a key leads to under a name the database does not know yet. */
  private async loadMissing(ids: string[]): Promise<void> {
    const missing = unique(ids).filter((id) => !this.picture.get(id));
    if (missing.length === 0) return;
    for (const kind of ['organization', 'person', 'membership'] as const) {
      this.store(kind, await this.by(kind, 'id', missing));
    }
  }

  private store(kind: SubjectKind, rows: Stored[]): void {
    for (const { id, ...state } of rows) this.picture.add(new Subject(kind, id, state, true));
  }

  private idsOf(kind: SubjectKind): { all: string[]; stored: string[] } {
    const subjects = [...this.picture.all()].filter((subject) => subject.kind === kind);
    const ids = (list: Subject[]): string[] => list.map(({ id }) => id);
    return { all: ids(subjects), stored: ids(subjects.filter((subject) => subject.stored)) };
  }

  private storedOrganizations(rows: MemberRow[]): Promise<Stored[]> {
    return this.byIdsOf(
      'organization',
      `SELECT id FROM organizations WHERE domain = ANY($1::text[])
       UNION SELECT id FROM organizations WHERE match_key = ANY($2::text[])
       UNION SELECT a.id FROM unnest($3::text[]) AS q (wanted), LATERAL (
         SELECT id FROM organizations WHERE alias_key <> '' AND string_to_array(alias_key, '|') @> ARRAY[q.wanted] OFFSET 0) a`,
      [
        unique(rows.flatMap((row) => row.domain ?? [])),
        unique(rows.flatMap((row) => [row.organizationKey, organizationKey(row.parentName ?? '')]).filter(Boolean)),
        unique(rows.flatMap(otherNamesOf)),
      ],
    );
  }

  private storedPeople(emails: string[]): Promise<Stored[]> {
    return this.byIdsOf(
      'person',
      `SELECT id FROM people WHERE email = ANY($1::text[])
       UNION SELECT a.id FROM unnest($1::text[]) AS q (wanted), LATERAL (
         SELECT id FROM people WHERE other_emails <> '{}' AND other_emails @> ARRAY[q.wanted] OFFSET 0) a`,
      [emails],
    );
  }

  /** By way of the titles at each organization: a common name leads to far more people than an organization has. */
  private storedColleagues(pairs: [organizationId: string, personKey: string][]): Promise<Stored[]> {
    return this.byIdsOf(
      'person',
      `SELECT DISTINCT p.id FROM unnest($3::uuid[]) AS o (id),
         LATERAL (SELECT person_id FROM positions WHERE organization_id = o.id AND archived_at IS NULL OFFSET 0) x,
         LATERAL (SELECT id, match_key FROM people WHERE id = x.person_id OFFSET 0) p
       WHERE (o.id, p.match_key) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
      [pairs.map(([id]) => id), pairs.map(([, key]) => key), unique(pairs.map(([id]) => id))],
    );
  }

  private storedAlone(keys: string[]): Promise<Stored[]> {
    return this.byIdsOf(
      'person',
      `SELECT p.id FROM unnest($1::text[]) AS q (key), LATERAL (SELECT id FROM people WHERE match_key = q.key OFFSET 0) p
       WHERE NOT EXISTS (SELECT FROM (SELECT * FROM positions WHERE person_id = p.id OFFSET 0) x
         WHERE x.organization_id IS NOT NULL AND x.archived_at IS NULL)`,
      [keys],
    );
  }

  /** Live subjects whose `column` is one of `values`. */
  private by(kind: SubjectKind, column: string, values: string[]): Promise<Stored[]> {
    return this.fetch(kind, 'unnest($1::uuid[]) AS wanted (key)', column, [values]);
  }

  /** Live subjects whose ids a query answers. */
  private byIdsOf(kind: SubjectKind, ids: string, parameters: string[][]): Promise<Stored[]> {
    return this.fetch(kind, `(${ids}) AS wanted (key)`, 'id', parameters);
  }

  /** The inner query is fenced off, so that each key goes through its own index, whatever the planner thinks of the table. */
  private fetch(kind: SubjectKind, keys: string, column: string, parameters: string[][]): Promise<Stored[]> {
    if (parameters.every((list) => list.length === 0)) return Promise.resolve([]);
    return this.database.query<Stored>(
      `SELECT ${COLUMNS[kind]} FROM ${keys}, LATERAL (SELECT * FROM ${TABLES[kind]} t WHERE t.${column} = wanted.key OFFSET 0) s
       WHERE s.archived_at IS NULL ORDER BY s.id`,
      parameters,
    );
  }
}

export const TABLES: Record<SubjectKind, string> = {
  organization: 'organizations',
  person: 'people',
  position: 'positions',
  membership: 'memberships',
};

/** Tells whether what is kept about a stored subject has changed. */
export const signature = (subject: Subject): string => `${subject.owner?.rowNumber ?? 0}:${subject.said.size}`;

const unique = <T>(values: T[]): T[] => [...new Set(values)];
