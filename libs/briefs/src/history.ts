import type { DealStage, Money } from '#deals';
import type { TimelineEntry } from '#records';
import type { LastContact } from './brief.js';

const KINDS_OF_BOTH = [
  'side_meeting',
  'session',
  'conference',
  'trade_mission',
  'agreement',
  'deal_party',
  'stage_change',
  'instrument',
  'commitment',
  'commitment_settled',
  'task_completed',
  'membership_joined',
  'membership_renewed',
  'membership_cancelled',
  'membership_ended',
  'position_started',
  'position_ended',
] as const;

/** What of a timeline belongs to the relationship; what staff did to the record itself, and their mails, do not. */
export const HISTORY_KINDS = {
  organization: KINDS_OF_BOTH,
  person: [...KINDS_OF_BOTH, 'invited', 'answered'],
} as const;

export interface HistoryRequest {
  /** First day in UTC, YYYY-MM-DD. */
  from?: string;
  /** Last day in UTC, included. */
  to?: string;
  /** Entries at most. */
  limit: number;
  /** Where an earlier answer ended. */
  cursor?: string;
}

/** Something that happened, or is to, with what a reader needs to understand it. */
export interface HistoryEntry extends TimelineEntry {
  /** Day in the zone of the event, else in UTC, YYYY-MM-DD: no more of it is known than `datePrecision` says. */
  day: string;
  datePrecision: string | null;
  /** IANA zone of the event. */
  timeZone: string | null;
  place: string | null;
  /** What came of a meeting; what shows that a promise was kept. */
  outcome: string | null;
  topics: string[];
  /** Names of those who took part, twenty at most. */
  people: string[];
  /** Names of the two sides of a promise. */
  owedBy: string | null;
  owedTo: string | null;
  /** What is meant for its owners and managers only. */
  restricted: boolean;
}

export interface DealsAtStage {
  stage: DealStage;
  deals: number;
  /** By currency; deals without a value are in no sum. */
  values: Money[];
}

export type HistoryContact = Pick<LastContact, 'type' | 'id' | 'title' | 'datePrecision'> & {
  at: Date | null;
  day: string | null;
};

/** What the relationship comes to, whatever part of it is asked for. */
export interface HistoryHead {
  /** YYYY-MM-DD: when the first meeting, session, conference, mission or membership was, or when the record was made. */
  knownSince: string;
  /** month, year or window, where no more of it is known; null: the day is. */
  knownSincePrecision: string | null;
  meetingsHeld: number;
  sessionsSpoken: number;
  /** As in a brief. Its day is that of its zone, known as far as the precision says; null where nobody knows when it was. */
  lastContact: HistoryContact | null;
  /** Promises that are open: what they owe, and what is owed to them. */
  openCommitments: { byThem: number; toThem: number };
  /** In the order of stages. */
  dealStages: DealsAtStage[];
  /** All of them together, by currency. */
  dealValues: Money[];
}

/** All that was with an organization or a person, as far as the reader may know. */
export interface History {
  party: { type: 'organization' | 'person'; id: string; name: string; country: string | null; archived: boolean };
  madeAt: Date;
  /** Name of the reader. */
  preparedFor: string;
  head: HistoryHead;
  /** Newest first. */
  years: { year: number; entries: HistoryEntry[] }[];
  page: { limit: number; nextCursor: string | null };
}
