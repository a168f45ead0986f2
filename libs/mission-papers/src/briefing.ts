import type { SectorLabels } from '#records';
import type { DelegateRow, HostRow, TradeMissionRow } from '#trade-missions';
import type { PaperPerson } from './paper-people.reader.js';
import type { PaperSender } from './paper-sender.js';

/** Something that stands in the schedule: an item of the itinerary, or a meeting about the mission. */
export interface BriefedEntry {
  startsAt: Date;
  endsAt: Date;
  /** IANA zone of the place. */
  timeZone: string;
  title: string;
  kind: string;
  place: string | null;
  /** Organization that receives. */
  host: string | null;
  notes: string | null;
  /** Who takes part; null: every delegate. */
  people: string[] | null;
}

export interface BriefedMeeting {
  organizationId: string;
  /** How many there are, those that are not told among them. */
  total: number;
  title: string;
  kind: string;
  startsAt: Date | null;
  timeZone: string;
  /** How far the start may be trusted; null: to the minute. */
  datePrecision: string | null;
  topics: string[];
  summary: string | null;
  people: string[];
}

export interface BriefedHost extends HostRow {
  kind: string;
  country: string | null;
  website: string | null;
  /** Codes. */
  sectors: string[];
  contactPerson: PaperPerson | null;
  /** The latest first. */
  meetings: BriefedMeeting[];
}

export interface BriefedCommitment {
  action: string;
  owedBy: string;
  owedTo: string;
  /** YYYY-MM-DD */
  dueFrom: string | null;
  dueTo: string | null;
  source: string | null;
}

export type BriefedDelegate = DelegateRow & { person: PaperPerson | null };

/** All that a briefing book is made of, as far as its reader may know. */
export interface Briefing {
  sender: PaperSender;
  madeAt: Date;
  mission: TradeMissionRow & { sponsor: { name: string } | null; owner: { name: string } | null };
  /** Whose copy it is; null: the chamber’s own book. */
  copyOf: BriefedDelegate | null;
  delegates: BriefedDelegate[];
  hosts: BriefedHost[];
  /** The earliest first. */
  entries: BriefedEntry[];
  commitments: BriefedCommitment[];
  /** Names of sectors by code. */
  sectors: Map<string, SectorLabels>;
  /** IANA zones in which times are told besides those of the place. */
  homeTimeZones: string[];
}
