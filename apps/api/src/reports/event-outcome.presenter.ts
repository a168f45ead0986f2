import { stringify } from 'csv-stringify/sync';
import { knownText } from '#agreements';
import { currentActor } from '#database';
import { guardCell } from '#imports';
import {
  asSeenBy,
  type DealCredit,
  type EventOutcome,
  type OutcomeAgreement,
  type OutcomeDeal,
  OUTCOME_RULES,
  type ValueSums,
} from '#reports';
import { instant } from '../http/format.js';
import type {
  DealCreditDto,
  EventOutcomeDto,
  OutcomeAgreementDto,
  OutcomeDealDto,
  OutcomeValueDto,
} from './event-outcome.dto.js';
import { presentSums } from './money-sums.presenter.js';

export const presentEventOutcome = (outcome: EventOutcome): EventOutcomeDto => ({
  generatedAt: instant(outcome.generatedAt),
  asSeenBy: asSeenBy(currentActor()),
  event: presentEvent(outcome.event),
  ...(outcome.sessions && { sessions: outcome.sessions }),
  ...(outcome.registrations && { registrations: outcome.registrations }),
  meetings: outcome.meetings,
  commitments: outcome.commitments,
  agreements: { ...outcome.agreements, data: outcome.agreements.data.map(presentAgreement) },
  deals: { ...outcome.deals, data: outcome.deals.data.map(presentDeal) },
  value: presentValue(outcome.value),
  attribution: {
    firstTouch: { deals: outcome.attribution.firstTouch.deals, ...presentValue(outcome.attribution.firstTouch) },
    lastTouch: { deals: outcome.attribution.lastTouch.deals, ...presentValue(outcome.attribution.lastTouch) },
    even: { deals: outcome.attribution.even.deals, ...presentValue(outcome.attribution.even) },
  },
  rules: OUTCOME_RULES,
  ...(outcome.event.type === 'trade_mission' && { finalReport: `/v1/trade-missions/${outcome.event.id}/report` }),
});

const presentEvent = ({ type, id, title, status, archivedAt }: EventOutcome['event']): EventOutcomeDto['event'] => ({
  ...{ type, id, title, status },
  ...(archivedAt && { archivedAt: instant(archivedAt) }),
});

const presentAgreement = (row: OutcomeAgreement): OutcomeAgreementDto => ({
  id: row.id,
  title: row.title,
  kind: row.kind,
  status: row.status,
  relations: row.relations,
  signed: knownText({ from: row.signedFrom, to: row.signedTo, precision: row.datePrecision }),
  deal: row.deal,
});

const presentDeal = (row: OutcomeDeal): OutcomeDealDto => ({
  id: row.id,
  title: row.title,
  kind: row.kind,
  stage: row.stage,
  closedOn: row.closedOn,
  value: row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency },
  probability: row.probability,
  effects: row.effects,
  touches: row.touches,
  credits: row.credits.map(presentCredit),
});

const presentCredit = ({ event, touches, firstTouch, lastTouch, even }: DealCredit): DealCreditDto => ({
  ...{ event, touches, firstTouch, lastTouch, even },
});

const presentValue = ({ won, lost, open, weighted }: ValueSums): OutcomeValueDto => ({
  won: presentSums(won),
  lost: presentSums(lost),
  open: presentSums(open),
  weighted: presentSums(weighted),
});

const HEADER = [
  ...[
    'eventType',
    'eventId',
    'event',
    'dealId',
    'deal',
    'kind',
    'stage',
    'closedOn',
    'amount',
    'currency',
    'probability',
  ],
  ...['effects', 'touches', 'touchesHere', 'firstTouchShare', 'firstTouchAmount'],
  ...['lastTouchShare', 'lastTouchAmount', 'evenShare', 'evenAmount'],
];

/** One line per deal with what the event has of it, without totals, so that a pivot table counts nothing twice. */
export function eventOutcomeCsv({ event, deals }: EventOutcome): string {
  const lines = deals.data.map((deal) => [
    ...[event.type, event.id, guardCell(event.title)],
    ...[deal.id, guardCell(deal.title), deal.kind, deal.stage, deal.closedOn],
    ...[deal.amount, deal.currency, deal.probability, deal.effects.join(' '), deal.touches],
    ...creditCells(deal.credits[0]),
  ]);
  return stringify([HEADER, ...lines], { bom: true, record_delimiter: 'windows' });
}

const creditCells = (here?: DealCredit): (number | string | null)[] =>
  here
    ? [here.touches, ...[here.firstTouch, here.lastTouch, here.even].flatMap(({ share, amount }) => [share, amount])]
    : [];
