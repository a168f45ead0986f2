import {
  compareOrganizations,
  comparePeople,
  type NameRelation,
  type OrganizationRelation,
} from './duplicate-names.js';

export interface DuplicateReason {
  code: string;
  message: string;
}

/** How likely two records are one, 0–1, and why. */
export interface Likelihood {
  score: number;
  reasons: DuplicateReason[];
}

/** What tells people apart. */
export interface PersonFacts {
  /** Full name first, then native name and aliases. */
  names: string[];
  nativeName: string | null;
  /** Every address, lower-case. */
  emails: string[];
  phone: string | null;
  country: string | null;
  organizationIds: string[];
}

export interface OrganizationFacts {
  id: string;
  /** The name in use first, then legal name and aliases. */
  names: string[];
  domain: string | null;
  country: string | null;
  parentId: string | null;
}

/** Below this, nobody needs to look. */
export const LIKELY = 0.4;

/** Sites that lend pages to many: the address says nothing about who is behind it. */
const SHARED_SITES = new Set(
  'facebook.com instagram.com linkedin.com twitter.com x.com youtube.com t.me wa.me sites.google.com az.linkedin.com'.split(
    ' ',
  ),
);

const PERSON_NAME: Record<Exclude<NameRelation, 'contradicts'>, [weight: number, code: string, message: string]> = {
  same_spelling: [0.85, 'same_name', 'The same name.'],
  same_key: [0.7, 'same_name', 'The same name in another spelling or script.'],
  subset: [0.6, 'similar_name', 'One name has all words of the other.'],
  initials: [0.5, 'similar_name', 'One name has initials where the other has words.'],
  similar: [0.5, 'similar_name', 'The names differ by a typing error.'],
  partial: [0.25, 'similar_name', 'The names share a word.'],
  renamed: [0, '', ''],
  unrelated: [0, '', ''],
};

const ORGANIZATION_NAME: Record<OrganizationRelation, [weight: number, code: string, message: string]> = {
  same_name: [0.8, 'same_name', 'The same name but for legal form and spelling.'],
  same_alias: [0.7, 'same_alias', 'A name of one is another name of the other.'],
  similar: [0.5, 'similar_name', 'The names are similar.'],
  unrelated: [0, '', ''],
};

/**
 * Evidence adds up as chances do: each sign leaves less doubt, none proves it. Undefined where they are not likely one:
 * different given names with one family name never are, whatever else they share.
 */
export function scorePeople(a: PersonFacts, b: PersonFacts): Likelihood | undefined {
  const relation = comparePeople(a.names, b.names);
  if (relation === 'contradicts') return undefined;
  const evidence = new Evidence();
  evidence.add(...PERSON_NAME[relation]);
  const named = relation !== 'unrelated' && relation !== 'renamed';
  addReach(evidence, named, a, b);
  addPlace(evidence, named, a, b);
  return evidence.likelihood();
}

/** Ways to reach somebody; namesakes seldom share one, colleagues and families do. */
function addReach(evidence: Evidence, named: boolean, a: PersonFacts, b: PersonFacts): void {
  if (share(a.emails, b.emails)) evidence.add(named ? 0.9 : 0.5, 'same_email', 'The same e-mail address.');
  if (samePhone(a.phone, b.phone)) evidence.add(named ? 0.6 : 0.25, 'same_phone', 'The same telephone number.');
  if (a.nativeName && a.nativeName === b.nativeName)
    evidence.add(0.5, 'same_native_name', 'The same name in its own script.');
}

function addPlace(evidence: Evidence, named: boolean, a: PersonFacts, b: PersonFacts): void {
  if (named && share(a.organizationIds, b.organizationIds))
    evidence.add(0.35, 'same_organization', 'Both are or were at the same organization.');
  else if (a.organizationIds.length > 0 && b.organizationIds.length > 0)
    evidence.doubt(0.85, 'other_organization', 'They are at different organizations.');
  if (differ(a.country, b.country)) evidence.doubt(0.6, 'other_country', 'They are of different countries.');
}

/** Undefined where they are not likely one. A parent and its child may share a site without being one. */
export function scoreOrganizations(a: OrganizationFacts, b: OrganizationFacts): Likelihood | undefined {
  const relation = compareOrganizations(a.names, b.names);
  const evidence = new Evidence();
  evidence.add(...ORGANIZATION_NAME[relation]);
  const sameSite = a.domain !== null && a.domain === b.domain && !SHARED_SITES.has(a.domain);
  if (sameSite) evidence.add(relation === 'unrelated' ? 0.55 : 0.75, 'same_domain', `The same website, ${a.domain}.`);
  if (differ(a.country, b.country))
    evidence.doubt(sameSite ? 0.7 : 0.5, 'other_country', 'They are in different countries.');
  if (a.parentId === b.id || b.parentId === a.id)
    evidence.doubt(0.5, 'parent_and_child', 'One stands above the other.');
  return evidence.likelihood();
}

class Evidence {
  private doubtLeft = 1;
  private factor = 1;
  private readonly reasons: DuplicateReason[] = [];

  add(weight: number, code: string, message: string): void {
    if (weight === 0) return;
    this.doubtLeft *= 1 - weight;
    this.reasons.push({ code, message });
  }

  doubt(factor: number, code: string, message: string): void {
    this.factor *= factor;
    this.reasons.push({ code, message });
  }

  likelihood(): Likelihood | undefined {
    const score = Math.round((1 - this.doubtLeft) * this.factor * 100) / 100;
    return score >= LIKELY ? { score, reasons: this.reasons } : undefined;
  }
}

const share = (a: string[], b: string[]): boolean => a.some((value) => b.includes(value));
const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;

/** The last nine digits: +994 50 123 45 67 is 050 123 45 67. Fewer than seven are an extension. */
function samePhone(a: string | null, b: string | null): boolean {
  const [x, y] = [a, b].map((phone) => (phone ?? '').replace(/\D/g, '').slice(-9)) as [string, string];
  return x.length >= 7 && x === y;
}
