import { DEAL_STAGES, type DealStage, type Money } from '#deals';
import type { TimelineTally } from '#records';
import type { DealsAtStage, HistoryHead } from './history.js';

/** Deals of one stage and currency; of all stages together where `stage` is null. */
export interface StageRow {
  stage: DealStage | null;
  currency: string | null;
  deals: number;
  amount: string | null;
}

/** A moment, and the record that knows in which zone it was; null: none. */
export interface Moment {
  at: Date;
  id: string | null;
}

export type Tallied = Omit<HistoryHead, 'lastContact' | 'knownSince'> & { first: Moment; last: Moment | null };

/** Kinds by which one comes to know somebody. */
const ACQUAINTED = new Set(['session', 'trade_mission', 'membership_joined']);
const NOT_SPOKEN = new Set(['declined', 'withdrawn']);

/** What the entries of a timeline come to. A meeting counts when it was held, a session when the speaker did not decline. */
export function headOf(tallies: TimelineTally[], stages: StageRow[], createdAt: Date): Tallied {
  const held = tallies.filter(({ kind, status }) => kind === 'side_meeting' && status === 'held');
  const spoken = tallies.filter(({ kind, status }) => kind === 'session' && !NOT_SPOKEN.has(status ?? ''));
  const acquainted = [...held, ...tallies.filter(({ kind }) => ACQUAINTED.has(kind))];
  return {
    first: earliest([
      { at: createdAt, id: null },
      ...acquainted.map(({ first, firstId }) => ({ at: first, id: firstId })),
    ]),
    last: latest([...held, ...spoken]),
    meetingsHeld: sum(held),
    sessionsSpoken: sum(spoken),
    openCommitments: { byThem: open(tallies, 'owed_by'), toThem: open(tallies, 'owed_to') },
    dealStages: DEAL_STAGES.flatMap((stage) => stageOf(stage, stages)),
    dealValues: valuesOf(stages.filter(({ stage }) => stage === null)),
  };
}

const sum = (tallies: TimelineTally[]): number => tallies.reduce((total, { count }) => total + count, 0);

const open = (tallies: TimelineTally[], side: string): number =>
  sum(tallies.filter((tally) => tally.kind === 'commitment' && tally.status === 'open' && tally.side === side));

const earliest = (moments: [Moment, ...Moment[]]): Moment =>
  moments.reduce((first, moment) => (moment.at < first.at ? moment : first));

function latest(tallies: TimelineTally[]): Moment | null {
  const past = tallies.flatMap(({ last, lastId }) => (last && lastId ? [{ at: last, id: lastId }] : []));
  return past.sort((one, other) => other.at.getTime() - one.at.getTime())[0] ?? null;
}

function stageOf(stage: DealStage, rows: StageRow[]): DealsAtStage[] {
  const own = rows.filter((row) => row.stage === stage);
  if (own.length === 0) return [];
  return [{ stage, deals: own.reduce((total, { deals }) => total + deals, 0), values: valuesOf(own) }];
}

const valuesOf = (rows: StageRow[]): Money[] =>
  rows.flatMap(({ amount, currency }) => (amount !== null && currency !== null ? [{ amount, currency }] : []));
