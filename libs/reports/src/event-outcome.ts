import type { AgreementKind, AgreementRelation, AgreementStatus } from '#agreements';
import type { DatePrecision, RegistrationStatus, SessionStatus } from '#conferences';
import type { DealKind, DealStage, TouchpointEffect } from '#deals';
import type { SideMeetingStatus } from '#side-meetings';
import type { CommitmentStatus, ShownAbout } from '#tasks';
import type { AttributionModel, TouchTally } from './attribution.js';
import type { MoneySums } from './rates.js';

export const OUTCOME_EVENTS = ['conference', 'trade_mission'] as const;
export type OutcomeEventType = (typeof OUTCOME_EVENTS)[number];

export type Counts<Key extends string> = Record<Key, number>;

/** A record by its name. */
export interface Named {
  type: string;
  id: string;
  title: string;
}

/** How many there are in all, and how many of each status. */
export interface Counted<Status extends string> {
  total: number;
  byStatus: Counts<Status>;
}

/** Promises by how they stand; overdue ones are open too. */
export type CommitmentCounts = Counts<CommitmentStatus | 'overdue' | 'total'>;

/** What one party promised others, and was promised by them, at the event. */
export interface PartyPromises {
  party: Named;
  owedByThem: CommitmentCounts;
  owedToThem: CommitmentCounts;
}

export interface OutcomeAgreement {
  id: string;
  title: string;
  kind: AgreementKind;
  status: AgreementStatus;
  /** What its links to the event and its parts claim. */
  relations: AgreementRelation[];
  signedFrom: string | null;
  signedTo: string | null;
  datePrecision: DatePrecision;
  deal: ShownAbout | null;
}

/** A deal that the event touched, as the database tells it. */
export interface TouchedDeal {
  id: string;
  title: string;
  kind: DealKind;
  stage: DealStage;
  closedOn: string | null;
  /** Decimal string with two places. */
  amount: string | null;
  currency: string | null;
  /** In percent. */
  probability: number;
  originated: boolean;
  advanced: boolean;
  closed: boolean;
  tallies: TouchTally[];
}

/** Which part of a deal an event has by one model. */
export interface Credit {
  /** 0–1 with six places. */
  share: number;
  /** Decimal string; null where the deal has no value. */
  amount: string | null;
}

/** What one event, or no event, has of a deal. */
export interface DealCredit extends Record<AttributionModel, Credit> {
  /** null: touches outside any event. */
  event: Named | null;
  /** Touches that belong to it. */
  touches: number;
}

export interface OutcomeDeal extends Omit<TouchedDeal, 'originated' | 'advanced' | 'closed' | 'tallies'> {
  /** What the event did for it; where it did nothing else, it mentioned it. */
  effects: TouchpointEffect[];
  /** All touches that count, of whatever event or none. */
  touches: number;
  /** This event first, then others, then no event. */
  credits: DealCredit[];
}

/** Where money stands. */
export const VALUE_STATES = ['won', 'lost', 'open', 'weighted'] as const;
export type ValueState = (typeof VALUE_STATES)[number];
export type ValueSums = Record<ValueState, MoneySums>;

export interface OutcomeDeals extends Counts<
  'total' | 'originated' | 'advanced' | 'closed' | 'mentionedOnly' | 'open' | 'won' | 'lost'
> {
  data: OutcomeDeal[];
}

/** What a model credits to the event: how many deals, in parts, and their value. */
export interface CreditedValue extends ValueSums {
  deals: number;
}

/** What came of an event, as far as the reader may know. */
export interface EventOutcome {
  generatedAt: Date;
  event: Named & { status: string; archivedAt: Date | null };
  /** Of a conference. */
  sessions?: Counted<SessionStatus>;
  /** Of a conference. */
  registrations?: Counted<RegistrationStatus>;
  meetings: Counted<SideMeetingStatus>;
  commitments: CommitmentCounts & { byParty: PartyPromises[] };
  agreements: Counted<AgreementStatus> & { byRelation: Counts<AgreementRelation>; data: OutcomeAgreement[] };
  deals: OutcomeDeals;
  value: ValueSums;
  attribution: Record<AttributionModel, CreditedValue>;
}
