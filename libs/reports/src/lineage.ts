import { AGREEMENT_RELATIONS } from '#agreements';
import type { DatePrecision } from '#conferences';
import type { DealRow, IncludedParty, TouchpointEffect } from '#deals';
import type { RecordType } from '#records';

/** What a node is: any record, or a part of a deal that is none. */
export type LineageNodeType = RecordType | 'instrument' | 'stage_change';

/**
 * Which date `at` is: start of an event; signed or initialed of an agreement; status, since when an instrument has the one it has;
 * change of a stage; completed of a task.
 */
export const LINEAGE_DATES = ['start', 'signed', 'initialed', 'status', 'change', 'completed'] as const;
export type LineageDate = (typeof LINEAGE_DATES)[number];

/** Something in the history of a deal. What is unknown, or does not exist for its type, is absent. */
export interface KnownNode {
  /** Its id; what edges call it. */
  key: string;
  id: string;
  type: LineageNodeType;
  title: string;
  kind?: string;
  status?: string;
  /** An instant, or the date that is known, of a window its first day. */
  at?: string;
  /** Of what takes longer: its end, of a window its last day. */
  until?: string;
  /** Absent where `at` is exact, and for what has no date. */
  datePrecision?: DatePrecision;
  /** IANA zone of the place. */
  timeZone?: string;
  dateOf?: LineageDate;
  /** Further facts, by type. */
  detail?: Record<string, unknown>;
}

/** What the reader may not know of, once for each fact that leads to it. */
export interface RestrictedNode {
  /** `restricted-1`…; what edges call it, and not an id. */
  key: string;
  type: RecordType;
  restricted: true;
}

/** What an edge says; it reads as a sentence, from its first node to its second. */
export const LINEAGE_RELATIONS = [
  'touched',
  'part_of',
  'about',
  'evidence_of',
  'of_deal',
  'next_stage',
  'paid_for',
  'follow_up_of',
  ...AGREEMENT_RELATIONS,
] as const;
export type LineageRelation = (typeof LINEAGE_RELATIONS)[number];

/** The stored fact by which an edge is there. */
export const LINEAGE_BASES = [
  'touchpoint',
  'side_meeting.dealId',
  'side_meeting.about',
  'session.conferenceId',
  'commitment.about',
  'commitment.evidence',
  'agreement.dealId',
  'agreement.about',
  'task.about',
  'task.commitmentId',
  'instrument.dealId',
  'instrument.missionId',
  'instrument.evidence',
  'stage_change.dealId',
  'stage_change.evidence',
  'stage_change.place',
] as const;
export type LineageBasis = (typeof LINEAGE_BASES)[number];

export interface LineageEdge {
  /** Key of a node. */
  from: string;
  to: string;
  relation: LineageRelation;
  basis: LineageBasis;
  /** The rest is said of touchpoints only. */
  touchpointId?: string;
  effect?: TouchpointEffect;
  at?: string;
  datePrecision?: DatePrecision;
  timeZone?: string;
  note?: string;
  implicit?: true;
}

/** Nodes: the deal, then by time, what has none last, what is restricted after all. Edges in the order of their nodes. */
export interface LineageGraph {
  nodes: (KnownNode | RestrictedNode)[];
  edges: LineageEdge[];
}

export interface Lineage extends LineageGraph {
  deal: DealRow & { parties: IncludedParty[] };
}
