import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { NotFound } from '#faults';
import { nameKey, personKey, organizationKey } from '#records';
import {
  type Likelihood,
  type OrganizationFacts,
  type PersonFacts,
  scoreOrganizations,
  scorePeople,
} from './duplicate-score.js';
import {
  ofOrganization,
  ORGANIZATION_FACTS,
  ORGANIZATION_PAIRS,
  ofPerson,
  PERSON_FACTS,
  PERSON_PAIRS,
} from './duplicates.sql.js';
import type { MergeType } from './merges.errors.js';

interface Shown {
  id: string;
  title: string;
  subtitle: string | null;
  country: string | null;
}
type PersonRecord = Shown & PersonFacts;
type OrganizationRecord = Shown & OrganizationFacts;
type Subject = PersonRecord | OrganizationRecord;

/** A record that may be the same as the one asked about. */
export interface Duplicate extends Shown, Likelihood {
  type: MergeType;
}

/** Two records that may be one. */
export interface DuplicatePair extends Likelihood {
  type: MergeType;
  records: Shown[];
}

/** Candidates an answer holds at most. */
const MOST = 50;
/** Below this share of common trigrams, a name is not looked at. */
const SIMILAR = 0.45;

/** Finds records that may be one. Archived and merged ones, and pairs that somebody said are two, are never found. */
@Injectable()
export class DuplicatesReader {
  constructor(private readonly database: Database) {}

  /** Best first. Throws NotFound. */
  async of(type: MergeType, id: string): Promise<Duplicate[]> {
    const [subject] = await this.facts(type, [id]);
    if (!subject) throw new NotFound(type, id);
    const ids = await this.candidates(type, subject);
    const found = (await this.facts(type, ids)).flatMap((other): Duplicate[] => {
      const likelihood = score(type, subject, other);
      return likelihood ? [{ type, ...shown(other), ...likelihood }] : [];
    });
    return found.sort(byScore).slice(0, MOST);
  }

  /** The likeliest pairs of the whole directory, best first. */
  async pairs(type: MergeType, limit: number): Promise<DuplicatePair[]> {
    const pairs = await this.database.query<{ a: string; b: string }>(
      type === 'person' ? PERSON_PAIRS : ORGANIZATION_PAIRS,
    );
    const subjects = await this.facts(type, [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]);
    const known = new Map(subjects.map((subject) => [subject.id, subject]));
    const likely = pairs.flatMap(({ a, b }): DuplicatePair[] => {
      const [one, other] = [known.get(a), known.get(b)];
      const likelihood = one && other && score(type, one, other);
      return likelihood ? [{ type, records: [shown(one), shown(other)], ...likelihood }] : [];
    });
    return likely.sort(byScore).slice(0, limit);
  }

  private facts(type: MergeType, ids: string[]): Promise<Subject[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.database.query<Subject>(type === 'person' ? PERSON_FACTS : ORGANIZATION_FACTS, [ids]);
  }

  private async candidates(type: MergeType, subject: Subject): Promise<string[]> {
    const names = subject.names.map(nameKey).filter(Boolean);
    const keys = subject.names.map(type === 'person' ? personKey : organizationKey).filter(Boolean);
    const named = [subject.id, keys, names, names[0] ?? ''];
    const rows = await this.database.transaction(async () => {
      await this.database.query(`SELECT set_config('pg_trgm.similarity_threshold', '${SIMILAR}', true)`);
      if ('domain' in subject) return this.database.query<{ id: string }>(ofOrganization(), [...named, subject.domain]);
      const phone = (subject.phone ?? '').replace(/\D/g, '').slice(-9);
      const rest = [subject.emails, phone.length >= 7 ? phone : null, subject.organizationIds];
      return this.database.query<{ id: string }>(ofPerson(), [...named, ...rest]);
    });
    return rows.map(({ id }) => id);
  }
}

const score = (type: MergeType, a: Subject, b: Subject): Likelihood | undefined =>
  type === 'person'
    ? scorePeople(a as PersonRecord, b as PersonRecord)
    : scoreOrganizations(a as OrganizationRecord, b as OrganizationRecord);

const shown = ({ id, title, subtitle, country }: Subject): Shown => ({ id, title, subtitle, country });
const byScore = (a: Likelihood, b: Likelihood): number => b.score - a.score;
