import { ATTRIBUTION_MODELS, type AttributionModel, divided, ratio, sharesOf } from './attribution.js';
import type { Credit, DealCredit, Named, OutcomeDeal, TouchedDeal, ValueState } from './event-outcome.js';
import type { TouchpointEffect } from '#deals';

/** Exact amounts of one currency in ten-thousandths, by where they go: hundredths times percent are no finer. */
export interface ExactSum {
  bucket: string;
  currency: string;
  amount: bigint;
}

/** Sums are kept for the deals as a whole, and for what each model credits to the event. */
export const WHOLE = 'whole';
export const bucketOf = (of: AttributionModel | typeof WHOLE, state: ValueState): string => `${of} ${state}`;

/** A deal as the report tells it: who has which part of it, the event itself first, no event last. */
export function credited(deal: TouchedDeal, eventId: string, names: Map<string, Named>): OutcomeDeal {
  const { tallies, originated, advanced, closed, ...fields } = deal;
  const byModel = ATTRIBUTION_MODELS.map((model) => [model, creditsOf(deal, model)] as const);
  const touches = Math.round(tallies.reduce((sum, { even, ways }) => sum + even / ways, 0));
  const ids = [...new Set(tallies.map((tally) => tally.eventId))];
  const order = (id: string | null): number => (id === eventId ? 0 : id === null ? 2 : 1);
  const credits = ids
    .sort((a, b) => order(a) - order(b))
    .map((id) => ({
      event: id === null ? null : (names.get(id) ?? null),
      touches: tallies.filter((tally) => tally.eventId === id).reduce((sum, { even }) => sum + even, 0),
      ...creditBy((model) => byModel.find(([name]) => name === model)?.[1].get(id)),
    }));
  return { ...fields, effects: effectsOf({ originated, advanced, closed }), touches, credits };
}

const NOTHING: Credit = { share: 0, amount: null };

const creditBy = (of: (model: AttributionModel) => Credit | undefined): Pick<DealCredit, AttributionModel> => ({
  firstTouch: of('firstTouch') ?? NOTHING,
  lastTouch: of('lastTouch') ?? NOTHING,
  even: of('even') ?? NOTHING,
});

function creditsOf(deal: TouchedDeal, model: AttributionModel): Map<string | null, Credit> {
  const shares = sharesOf(deal.tallies, model);
  const parts = deal.amount === null ? [] : divided(cents(deal.amount), shares);
  return new Map(
    shares.map((share, place) => [share.eventId, { share: ratio(share), amount: amountText(parts[place]) }]),
  );
}

function effectsOf(did: Pick<TouchedDeal, 'originated' | 'advanced' | 'closed'>): TouchpointEffect[] {
  const effects = (['originated', 'advanced', 'closed'] as const).filter((effect) => did[effect]);
  return effects.length > 0 ? effects : ['mentioned'];
}

/** What a report adds up: each deal once as a whole, and once by each model with the part of the event. */
export function exactSums(deals: OutcomeDeal[]): ExactSum[] {
  const sums = new Map<string, ExactSum>();
  const add = (bucket: string, currency: string, amount: bigint): void => {
    const key = `${bucket} ${currency}`;
    const known = sums.get(key) ?? { bucket, currency, amount: 0n };
    sums.set(key, { ...known, amount: known.amount + amount });
  };
  for (const deal of deals) {
    if (deal.amount === null || deal.currency === null) continue;
    const [here] = deal.credits;
    for (const of of [WHOLE, ...ATTRIBUTION_MODELS] as const) {
      const amount = cents((of === WHOLE ? deal.amount : here?.[of].amount) ?? '0.00');
      add(bucketOf(of, stateOf(deal)), deal.currency, amount * 100n);
      if (stateOf(deal) === 'open') add(bucketOf(of, 'weighted'), deal.currency, amount * BigInt(deal.probability));
    }
  }
  return [...sums.values()];
}

/** How many deals a model credits to the event, each with its part; four places. */
export const dealsCredited = (deals: OutcomeDeal[], model: AttributionModel): number =>
  Math.round(deals.reduce((sum, { credits: [here] }) => sum + (here?.[model].share ?? 0), 0) * 1e4) / 1e4;

export function stateOf({ stage }: Pick<OutcomeDeal, 'stage'>): 'won' | 'lost' | 'open' {
  if (stage === 'closed_won') return 'won';
  return stage === 'closed_lost' ? 'lost' : 'open';
}

/** Of a decimal string with two places. */
const cents = (amount: string): bigint => BigInt(amount.replace('.', ''));

const amountText = (amount: bigint | undefined): string | null => {
  if (amount === undefined) return null;
  const digits = String(amount).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
