import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceFact {
  id: string;
  date: string | null;
  outlet_named: string | null;
  kind: string;
}

export interface OrganizationFact {
  id: string;
  name: string;
  variants: string[];
  inferred: { type: string; country: string | null; parent_org: string | null };
  note?: string;
}

export interface PersonFact {
  id: string;
  name: string;
  variants: string[];
  inferred: { country_represented: string | null };
  titles: { title: string; org_id: string | null; sources: string[] }[];
  note?: string;
}

export interface EventFact {
  id: string;
  name: string | null;
  occasion?: string;
  start_date: string | null;
  end_date: string | null;
  place_as_printed: string[];
  inferred?: { organizer_org_id?: string; timezone?: string };
}

export interface SessionFact {
  id: string;
  event_id: string;
  type: string;
  title: string | null;
  speakers: string[];
  topics_as_printed?: string[];
  note?: string;
}

export interface MeetingFact {
  id: string;
  visiting_or_lead_party: string[];
  counterparties: string[];
  counterparty_org_ids: string[];
  topics: string[];
  explicitly_on_sidelines_of_conference: boolean;
  event_id: string;
  outcome_stated: string | null;
}

export interface AgreementFact {
  id: string;
  type: string;
  name?: string;
  status: string;
  /** Ids of organizations. */
  parties?: string[];
  parties_as_printed?: string;
  subject?: string;
  date_as_printed: string | Record<string, string> | null;
  /** `note`: what the reports do not say of it. */
  inferred?: { note?: string };
  sources: string[];
}

export interface ProjectFact {
  id: string;
  working_title?: string;
  agreement_id?: string;
  sources: string[];
}

export interface CommitmentFact {
  id: string;
  /** Only a stated_commitment is a promise: a priority, an intent or an expectation is none. */
  strength: string;
  owner_org_id: string | null;
  speaker_id?: string;
  action: string;
  due_as_printed: string | null;
  inferred?: { due_by: string };
  stated_on?: string;
  sources: string[];
}

/** Two entries that must stay two, or several spellings that must lead to one. */
export interface DedupeTrap {
  must_not_merge?: string[];
  must_merge?: string[];
  why: string;
}

/** What the press reported about the conference; null means that no report said so. */
export interface ConferenceFacts {
  sources: SourceFact[];
  organizations: OrganizationFact[];
  people: PersonFact[];
  events: EventFact[];
  sessions: SessionFact[];
  meetings: MeetingFact[];
  agreements: AgreementFact[];
  projects_and_initiatives: ProjectFact[];
  commitments_and_follow_ups: CommitmentFact[];
  dedupe_traps: DedupeTrap[];
}

const DATA = join(__dirname, 'data');

/** The members list beside the facts; everybody in it is made up. */
export const MEMBERS_CSV = join(DATA, 'members-2026.csv');

export const loadFacts = (): ConferenceFacts =>
  JSON.parse(readFileSync(join(DATA, 'conference-2026.json'), 'utf8')) as ConferenceFacts;

/** `Trend, 2026-03-11 (S002)`: where a fact was read; a date or name that is not known is left out. */
export function sourceText(facts: ConferenceFacts, ids: string[]): string {
  const texts = ids.map((id) => {
    const source = facts.sources.find((candidate) => candidate.id === id);
    return [source?.outlet_named ?? source?.kind, source?.date].filter((part) => part).join(', ') + ` (${id})`;
  });
  return texts.join('; ');
}
