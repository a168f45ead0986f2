import { DealClosed, DealOpen, SameStage } from './deals.errors.js';

/** In the order of the pipeline, which nothing has to keep to; then the ends, and the pause. */
export const DEAL_STAGES = [
  'lead',
  'qualified',
  'scoping',
  'feasibility_study',
  'feed',
  'financing',
  'negotiation',
  'contract',
  'implementation',
  'closed_won',
  'closed_lost',
  'on_hold',
] as const;
export type DealStage = (typeof DEAL_STAGES)[number];

/** Stages that are left by a reopening only. */
export const CLOSED_STAGES = ['closed_won', 'closed_lost'] as const satisfies readonly DealStage[];
export type ClosedStage = (typeof CLOSED_STAGES)[number];

/** Stages of a deal that is being worked on: what a reopening leads to. */
export const WORKING_STAGES = DEAL_STAGES.filter((stage) => stage !== 'on_hold' && !isClosed(stage));

/** Settings of the house: how likely a deal is to be won, in percent, as long as nobody has said otherwise. */
const PROBABILITIES: Record<Exclude<DealStage, 'on_hold'>, number> = {
  lead: 5,
  qualified: 10,
  scoping: 20,
  feasibility_study: 30,
  feed: 40,
  financing: 55,
  negotiation: 70,
  contract: 90,
  implementation: 95,
  closed_won: 100,
  closed_lost: 0,
};

/** Where a deal stands. */
export interface DealStanding {
  stage: DealStage;
  /** The stage that a deal on hold had before; null where it was on hold from its first day. */
  heldFrom: DealStage | null;
  /** In percent; null for that of the stage. */
  probability: number | null;
}

export function isClosed(stage: DealStage): stage is ClosedStage {
  return (CLOSED_STAGES as readonly DealStage[]).includes(stage);
}

/** SQL of whether a deal, by its alias, is not closed; one on hold is open. */
export const openDealSql = (deal: string): string => `(${deal}.stage <> ALL ('{${CLOSED_STAGES.join(',')}}'))`;

/** In percent. A deal on hold keeps what its stage gave it before; one that was never anything else counts as a lead. */
export const stageProbability = (stage: DealStage, heldFrom: DealStage | null = null): number => {
  const last = stage === 'on_hold' ? (heldFrom ?? 'lead') : stage;
  return PROBABILITIES[last === 'on_hold' ? 'lead' : last];
};

/** SQL of the same for a deal by its alias: what somebody said, else that of its stage. */
export const probabilitySql = (deal: string): string => {
  const cases = Object.entries(PROBABILITIES).map(([stage, percent]) => `WHEN '${stage}' THEN ${percent}`);
  return `coalesce(${deal}.probability, CASE coalesce(${deal}.held_from, ${deal}.stage) ${cases.join(' ')} ELSE ${PROBABILITIES.lead} END)::int`;
};

/** Forward, past others, or back: every stage leads to every other, only a closed deal does not. Throws DealClosed, SameStage. */
export function stageAfter(deal: DealStanding, to: DealStage): DealStanding {
  if (deal.stage === to) throw new SameStage(to);
  if (isClosed(deal.stage)) throw new DealClosed(deal.stage);
  return standing(deal, to);
}

/** Throws DealOpen. */
export function stageAfterReopening(deal: DealStanding, to: DealStage): DealStanding {
  if (!isClosed(deal.stage)) throw new DealOpen(deal.stage);
  return standing(deal, to);
}

/** What somebody said of the odds was said of a stage: it lasts until the next one, and through a pause. */
function standing(deal: DealStanding, to: DealStage): DealStanding {
  if (to === 'on_hold') return { stage: to, heldFrom: deal.stage, probability: deal.probability };
  const resumed = deal.stage === 'on_hold' && deal.heldFrom === to;
  return { stage: to, heldFrom: null, probability: resumed ? deal.probability : null };
}
