import { Injectable } from '@nestjs/common';
import type { AnalysisBatch } from '#imports';
import { Database } from '#database';
import { nameKey } from '#records';
import { ImportPicture, KEY } from './import-picture.js';
import type { MemberRow, Values } from './import-row.js';
import { isEmpty, type OwnedPlan, type Plan, Subject, type SubjectKind } from './import-subject.js';

type Stored = Values & { id: string };

const COLUMNS: Record<SubjectKind, string> = {
  organization: `s.id, s.name, s.legal_name, s.kind, s.website, s.country, s.sectors, s.tags, s.notes, s.aliases, s.domain,
    s.match_key, s.alias_key, s.search_key`,
  person: `s.id, s.full_name, s.native_name, s.given_name, s.family_name, s.aliases, s.email, s.other_emails, s.phone,
    s.locale, s.notes, s.match_key, s.alias_key, s.search_key`,
  position: 's.id, s.person_id, s.organization_id, s.title, s.source, s.preferred',
  membership: `s.id, s.organization_id, s.tier_id, s.joined_on::text, s.starts_on::text, s.ends_on::text,
    s.cancelled_on::text, s.search_key`,
};
const KINDS = ['organization', 'person', 'position', 'membership'] as const;

/** Draws the picture a batch needs: a dozen queries, however many rows it has. */
@Injectable()
export class ImportLookup {
  constructor(private readonly database: Database) {}

  /** Ids of the tiers that may be given, by folded code and name; the code goes first. */
  async tiers(): Promise<Map<string, string>> {
    const tiers = await this.database.query<{ id: string; code: string; name: string }>(
      'SELECT id, code, name FROM membership_tiers WHERE archived_at IS NULL ORDER BY code',
    );
    const names = tiers.map(({ id, name }): [string, string] => [nameKey(name), id]);
    return new Map([...names, ...tiers.map(({ id, code }): [string, string] => [nameKey(code), id])]);
  }

  async picture(rows: MemberRow[], batch: AnalysisBatch): Promise<ImportPicture> {
    const drawing = new Drawing(this.database, batch);
    await drawing.byNames(rows);
    await drawing.colleagues(rows);
    await drawing.memberships();
    await drawing.positions();
    await drawing.said();
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

  async memberships(): Promise<void> {
    const ids = this.idsOf('organization');
    this.store('membership', await this.by('membership', 'organization_id', ids.stored));
    await this.fileKeys(ids.all.map(KEY.memberships));
  }

  async positions(): Promise<void> {
    const { stored } = this.idsOf('person');
    this.store('position', await this.by('position', 'person_id', stored));
  }

  /** What earlier rows said about stored subjects, and which of them wrote. */
  async said(): Promise<void> {
    const stored = [...this.picture.all()].filter((subject) => subject.stored);
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

  private own(subject: Subject, rowNumber: number): void {
    const owner = this.plans.get(rowNumber);
    const piece = owner?.plan[subject.kind];
    if (!owner || piece?.id !== subject.id) return;
    subject.owner = owner;
    Object.assign(subject.state, piece.after);
  }

  private pairs(row: MemberRow): [organizationId: string, personKey: string][] {
    const organizations = this.picture.find('organization', organizationKeysOf(row));
    return organizations.map(({ id }) => [id, row.personKey]);
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
      for (const kind of KINDS) this.addNew(kind, owned.plan, owned);
    }
  }

  private addNew(kind: SubjectKind, plan: Plan, owner?: OwnedPlan): void {
    const piece = plan[kind];
    if (!piece?.new) return;
    const said = Object.keys(piece.after).filter(
      (column) => !isEmpty(piece.after[column]) && !piece.assumed?.includes(column),
    );
    const subject = this.picture.add(new Subject(kind, piece.id, piece.after, false, said));
    if (owner) subject.owner = owner;
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
    return this.byIds(
      'organization',
      `SELECT id FROM organizations WHERE domain = ANY($1::text[])
       UNION SELECT id FROM organizations WHERE match_key = ANY($2::text[])
       UNION SELECT a.id FROM unnest($3::text[]) AS q (wanted), LATERAL (
         SELECT id FROM organizations WHERE alias_key <> '' AND string_to_array(alias_key, '|') @> ARRAY[q.wanted] OFFSET 0) a`,
      [
        unique(rows.flatMap((row) => row.domain ?? [])),
        unique(rows.map((row) => row.organizationKey)),
        unique(rows.map((row) => row.nameKey)),
      ],
    );
  }

  private storedPeople(emails: string[]): Promise<Stored[]> {
    return this.byIds(
      'person',
      `SELECT id FROM people WHERE email = ANY($1::text[])
       UNION SELECT a.id FROM unnest($1::text[]) AS q (wanted), LATERAL (
         SELECT id FROM people WHERE other_emails <> '{}' AND other_emails @> ARRAY[q.wanted] OFFSET 0) a`,
      [emails],
    );
  }

  private storedColleagues(pairs: [organizationId: string, personKey: string][]): Promise<Stored[]> {
    return this.byIds(
      'person',
      `SELECT DISTINCT p.id FROM unnest($1::uuid[], $2::text[]) AS q (organization_id, key),
         LATERAL (SELECT id FROM people WHERE match_key = q.key OFFSET 0) p,
         LATERAL (SELECT organization_id FROM positions WHERE person_id = p.id AND archived_at IS NULL OFFSET 0) x
       WHERE x.organization_id = q.organization_id`,
      [pairs.map(([id]) => id), pairs.map(([, key]) => key)],
    );
  }

  /** Live subjects whose `column` is one of `values`. */
  private by(kind: SubjectKind, column: string, values: string[]): Promise<Stored[]> {
    return this.fetch(kind, 'unnest($1::uuid[]) AS wanted (key)', column, [values]);
  }

  /** Live subjects whose ids a query answers. */
  private byIds(kind: SubjectKind, ids: string, parameters: string[][]): Promise<Stored[]> {
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

export const organizationKeysOf = (row: MemberRow): string[] => [
  ...(row.domain ? [KEY.domain(row.domain)] : []),
  KEY.organization(row.organizationKey),
  KEY.alias(row.nameKey),
];

const keysOfRow = (row: MemberRow): string[] => [...organizationKeysOf(row), ...row.emails.map(KEY.email)];

/** Tells whether what is kept about a stored subject has changed. */
export const signature = (subject: Subject): string => `${subject.owner?.rowNumber ?? 0}:${subject.said.size}`;

const unique = <T>(values: T[]): T[] => [...new Set(values)];
