import { DEAL_STAGES, type DealStage, type Money } from '#deals';
import type { FirstOfKind } from '#records';
import type { DealsAtStage } from './history.js';

/** Deals of one stage and currency; of all stages together where `stage` is null. */
export interface StageRow {
  stage: DealStage | null;
  currency: string | null;
  deals: number;
  amount: string | null;
}

/** A moment, and the record that knows in which zone it was, and how far it is known; null: none. */
export interface Moment {
  at: Date;
  id: string | null;
}

/** Kinds of entries by which one comes to know somebody. */
export const ACQUAINTED = ['side_meeting', 'session', 'conference', 'trade_mission', 'membership_joined'];

/** The first entry of a kind that makes acquainted, or when the record was made. Of meetings those that were held count. */
export function acquaintedSince(firsts: FirstOfKind[], createdAt: Date): Moment {
  const known = firsts.filter(({ kind, status }) => kind !== 'side_meeting' || status === 'held');
  return known.reduce<Moment>(
    (earliest, { first, firstId }) => (first < earliest.at ? { at: first, id: firstId } : earliest),
    {
      at: createdAt,
      id: null,
    },
  );
}

/** Deals in the order of stages, and all of them together. */
export const dealsOf = (rows: StageRow[]): { dealStages: DealsAtStage[]; dealValues: Money[] } => ({
  dealStages: DEAL_STAGES.flatMap((stage) => stageOf(stage, rows)),
  dealValues: valuesOf(rows.filter(({ stage }) => stage === null)),
});

function stageOf(stage: DealStage, rows: StageRow[]): DealsAtStage[] {
  const own = rows.filter((row) => row.stage === stage);
  if (own.length === 0) return [];
  return [{ stage, deals: own.reduce((total, { deals }) => total + deals, 0), values: valuesOf(own) }];
}

const valuesOf = (rows: StageRow[]): Money[] =>
  rows.flatMap(({ amount, currency }) => (amount !== null && currency !== null ? [{ amount, currency }] : []));
