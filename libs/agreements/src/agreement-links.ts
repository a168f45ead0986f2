import { nameKey, type RecordReference, type RecordType } from '#records';

/**
 * What a link from an agreement to a record claims, and no more than that:
 * - signed_at: the signatures were set there
 * - initialed_at: the initials were set there
 * - within: it came about in the framework of it, such as a visit; not necessarily at any part of it
 * - discussed_in: it was talked about there
 * - follows: it carries on what was agreed or promised there
 * - related: it has to do with it; nothing is said of where, when or why
 */
export const AGREEMENT_RELATIONS = [
  'signed_at',
  'initialed_at',
  'within',
  'discussed_in',
  'follows',
  'related',
] as const;
export type AgreementRelation = (typeof AGREEMENT_RELATIONS)[number];

/** A link whose relation nobody reported claims nothing. */
export const DEFAULT_RELATION: AgreementRelation = 'related';

/** Relations that say where or in the course of what, so that they need something that took place. */
export const TAKES_PLACE: AgreementRelation[] = ['signed_at', 'initialed_at', 'within', 'discussed_in'];
export const EVENTS: RecordType[] = ['conference', 'session', 'side_meeting', 'trade_mission'];

/** An organization, a person, or only a name as it was printed. */
export interface PartyInput {
  /** Row that it is already, where that is known. */
  id?: string;
  organizationId?: string | null;
  personId?: string | null;
  name?: string | null;
  /** Such as lender. */
  role?: string | null;
}

export interface SignatoryInput {
  personId: string;
  /** For whom. */
  organizationId?: string | null;
  /** As printed below the signature. */
  title?: string | null;
  /** YYYY-MM-DD */
  signedOn?: string | null;
}

export interface AgreementAboutInput extends RecordReference {
  relation?: AgreementRelation;
}

/** A party as it is stored. */
export interface StoredParty {
  id: string;
  organizationId: string | null;
  personId: string | null;
  name: string | null;
  role: string | null;
}

export interface StoredSignatory {
  id: string;
  personId: string;
  organizationId: string | null;
  title: string | null;
  signedOn: string | null;
}

export interface StoredAbout {
  recordId: string;
  type: RecordType;
  relation: AgreementRelation;
  /** Whether the caller may know of the record. */
  visible: boolean;
}

/** All that an agreement is linked to, in order. */
export interface AgreementLinks {
  parties: StoredParty[];
  signatories: StoredSignatory[];
  abouts: StoredAbout[];
}

export const NO_LINKS: AgreementLinks = { parties: [], signatories: [], abouts: [] };

/** Folded, so that Azerbaijan is a party once in whatever script. */
export const partyNameKey = (name: string): string => nameKey(name) || name.toLowerCase();

/** Two parties with the same key are one. */
export function partyKey({ organizationId, personId, name }: PartyInput): string {
  return organizationId ?? personId ?? `name ${partyNameKey(name ?? '')}`;
}

export const aboutKey = ({ recordId, relation }: Pick<StoredAbout, 'recordId' | 'relation'>): string =>
  `${recordId} ${relation}`;
