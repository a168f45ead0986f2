import type { LargeMoneyDto } from '../http/money.dto.js';
import type { AboutDto } from '../records/record.dto.js';

export class HistoryPartyDto {
  /** organization or person */
  type: string;
  id: string;
  name: string;
  /** ISO 3166-1 alpha-2 */
  country: string | null;
  /** No longer in the directory */
  archived: boolean;
}

export class HistoryContactDto {
  /** side_meeting, session or conference */
  type: string;
  id: string;
  title: string;
  /** When it began, or when they came to the conference; null when nobody knows */
  at: string | null;
  /** Its day in the zone of the event; `YYYY-MM-DD`; null when nobody knows */
  day: string | null;
  /** How much of that is known: day, month, year, window, unknown; null: to the minute */
  datePrecision: string | null;
}

export class OpenCommitmentsDto {
  /** What they promised */
  byThem: number;
  /** What was promised to them */
  toThem: number;
}

export class DealsAtStageDto {
  /** Stage */
  stage: string;
  /** How many deals are there */
  deals: number;
  /** Their values added up by currency; deals without a value are in none */
  values: LargeMoneyDto[];
}

export class HistoryHeadDto {
  /** When the first meeting, session, conference, mission or membership was, or when the record was made if that was earlier; `YYYY-MM-DD` */
  knownSince: string;
  /** How much of that is known: day, month, year or window; null: the day is known */
  knownSincePrecision: string | null;
  /** Side meetings that were held */
  meetingsHeld: number;
  /** Sessions spoken at; of an organization, by who held a position there on that day */
  sessionsSpoken: number;
  /** The last meeting that was held, session spoken at or conference attended, as in the brief without subsidiaries; null when there was none */
  lastContact: HistoryContactDto | null;
  /** Promises that are open */
  openCommitments: OpenCommitmentsDto;
  /** Deals in which they have a part, in the order of stages */
  dealStages: DealsAtStageDto[];
  /** Values of all of them, by currency */
  dealValues: LargeMoneyDto[];
}

export class HistoryEntryDto {
  /** When it happened, or is to happen */
  at: string;
  /** Its day in the zone of the event, else in UTC; `YYYY-MM-DD` */
  day: string;
  /** How much of that is known: day, month, year, window, unknown; null: to the minute, or it is a mere day */
  datePrecision: string | null;
  /** IANA zone of the event */
  timeZone: string | null;
  /** What: side_meeting, agreement, stage_change, commitment, commitment_settled, task_completed, membership_joined… */
  kind: string;
  /** What to show: a title, a promise, a name */
  title: string;
  /** The record it leads to; null where there is none the caller may see */
  about: AboutDto | null;
  /** Where it took place */
  place: string | null;
  /** What came of a meeting, or shows what became of a promise */
  outcome: string | null;
  /** What a meeting was about */
  topics: string[];
  /** Names of those who took part in a meeting, twenty at most */
  people: string[];
  /** Who promised */
  owedBy: string | null;
  /** To whom */
  owedTo: string | null;
  /** For its owners and managers only */
  restricted: boolean;
  /** Further facts, by kind, as on the timeline */
  detail: object | null;
}

export class HistoryYearDto {
  /** Four figures */
  year: number;
  /** Newest first */
  entries: HistoryEntryDto[];
}

export class HistoryPageDto {
  /** Entries of one answer */
  limit: number;
  /** Further entries exist: `cursor` of the next answer; null when this is the end */
  nextCursor: string | null;
}

export class HistoryDto {
  party: HistoryPartyDto;
  /** When this was put together */
  madeAt: string;
  /** Name of the caller: what others may see can differ */
  preparedFor: string;
  /** What the whole relationship comes to, whatever part of it was asked for */
  head: HistoryHeadDto;
  /** Newest first */
  years: HistoryYearDto[];
  page: HistoryPageDto;
}
