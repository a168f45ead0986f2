import type { MoneySumsDto, SumDto } from './money-sums.dto.js';

export class OutcomeNameDto {
  /** conference, trade_mission, organization or person */
  type: string;
  id: string;
  title: string;
}

export class OutcomeEventDto extends OutcomeNameDto {
  /** Of the conference or mission itself */
  status: string;
  /** Only of an event that was taken out of the lists */
  archivedAt?: string;
}

export class OutcomeCountsDto {
  /** How many there are, of whatever status */
  total: number;
  /** How many have each status, those of which there are none included */
  byStatus: object;
}

export class CommitmentCountsDto {
  /** Promises, of whatever status */
  total: number;
  open: number;
  /** Of those open, how many have a last day that is over everywhere */
  overdue: number;
  kept: number;
  broken: number;
  released: number;
}

export class PartyPromisesDto {
  /** An organization, or a person who speaks for none */
  party: OutcomeNameDto;
  /** What this party promised */
  owedByThem: CommitmentCountsDto;
  /** What this party was promised */
  owedToThem: CommitmentCountsDto;
}

export class OutcomeCommitmentsDto extends CommitmentCountsDto {
  /** By name; each promise stands with both its parties, so these counts add up to twice the totals */
  byParty: PartyPromisesDto[];
}

export class OutcomeAgreementDto {
  id: string;
  title: string;
  kind: string;
  /** draft, initialed, signed, in_force, expired or terminated; an initialed one is not signed */
  status: string;
  /** What its links to the event, and to what belongs to it, claim: signed_at, initialed_at, within, discussed_in, follows, related */
  relations: string[];
  /**
   * When it was signed, in as many figures as are known (ISO 8601), or `first day/last day` of a window; null when nobody knows
   * @example '2026-03'
   */
  signed: string | null;
  /** {type, id, title} of the deal it belongs to, or null */
  deal: object | null;
}

export class OutcomeAgreementsDto extends OutcomeCountsDto {
  /** How many agreements have each relation; one with two relations counts under both, and once in total */
  byRelation: object;
  data: OutcomeAgreementDto[];
}

/** Which part of a deal an event has by one way of attribution. */
export class CreditDto {
  /**
   * Part of the deal, 0–1, rounded to six places
   * @example 0.5
   */
  share: number;
  /**
   * Part of its value, in the deal's currency: decimal string, to the cent; null where the deal has no value
   * @example '7000000.00'
   */
  amount: string | null;
}

export class DealCreditDto {
  /** Conference or trade mission; null for touches outside any event */
  event: OutcomeNameDto | null;
  /** Touches of the deal that belong to it; one that belongs to several events counts with each */
  touches: number;
  /** By the earliest touch */
  firstTouch: CreditDto;
  /** By the latest touch before the closing */
  lastTouch: CreditDto;
  /** By all touches evenly */
  even: CreditDto;
}

export class OutcomeDealDto {
  id: string;
  title: string;
  kind: string;
  stage: string;
  /** YYYY-MM-DD, of a deal won or lost */
  closedOn: string | null;
  /** Of the whole deal; null where nobody knows */
  value: SumDto | null;
  /** In percent, 0–100 */
  probability: number;
  /** What the event did for it: originated, advanced, closed; mentioned where it did no more */
  effects: string[];
  /** Touches that count, of this event, of others and of none */
  touches: number;
  /** Who has which part of it: this event first, no event last. By each way of attribution the parts add up to the deal */
  credits: DealCreditDto[];
}

export class OutcomeDealsDto {
  /** Deals that the event touched, each once */
  total: number;
  /** Deals of which a touch of this event is said to have been the origin */
  originated: number;
  /** Deals that it advanced */
  advanced: number;
  /** Deals that it closed */
  closed: number;
  /** Deals that it touched without any of these effects */
  mentionedOnly: number;
  /** Deals of these that are open now, on hold included */
  open: number;
  /** Deals of these that are won now */
  won: number;
  /** Deals of these that are lost now */
  lost: number;
  data: OutcomeDealDto[];
}

export class OutcomeValueDto {
  /** Value of deals won */
  won: MoneySumsDto;
  /** Value of deals lost */
  lost: MoneySumsDto;
  /** Value of deals that are open */
  open: MoneySumsDto;
  /** Value of open deals times their probability, rounded after adding */
  weighted: MoneySumsDto;
}

export class CreditedValueDto extends OutcomeValueDto {
  /** Parts of deals, added up: 1.5 is one deal and a half. Rounded to four places */
  deals: number;
}

/** The three ways of attribution, side by side; the sums of several events may be added */
export class AttributionDto {
  /** The whole deal to its earliest touch */
  firstTouch: CreditedValueDto;
  /** The whole deal to its latest touch before the closing */
  lastTouch: CreditedValueDto;
  /** The same part to every touch */
  even: CreditedValueDto;
}

/** How the figures are made, in sentences for those who read them */
export class OutcomeRulesDto {
  belongs: string;
  touches: string;
  until: string;
  dates: string;
  firstTouch: string;
  lastTouch: string;
  even: string;
  shared: string;
  noEvent: string;
  rounding: string;
  value: string;
  commitments: string;
  agreements: string;
}

/** What came of a conference or a trade mission, as far as the caller may know */
export class EventOutcomeDto {
  /** By the clock of the database */
  generatedAt: string;
  /** For whom the figures are */
  asSeenBy: string;
  event: OutcomeEventDto;
  /** Of a conference */
  sessions?: OutcomeCountsDto;
  /** Of a conference: people by the status of their registration; attended are those who checked in */
  registrations?: OutcomeCountsDto;
  /** Side meetings that belong to the event */
  meetings: OutcomeCountsDto;
  /** Promises made about the event and what belongs to it */
  commitments: OutcomeCommitmentsDto;
  /** Agreements linked to the event and what belongs to it */
  agreements: OutcomeAgreementsDto;
  /** Deals that the event touched */
  deals: OutcomeDealsDto;
  /** Of these deals in full: the same deal is in the value of every event that touched it, so values of events must not be added */
  value: OutcomeValueDto;
  attribution: AttributionDto;
  rules: OutcomeRulesDto;
  /** Of a mission: where its own final report is, with delegates, hosts, itinerary and requests */
  finalReport?: string;
}
