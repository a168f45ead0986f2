import { type DealStage, WORKING_STAGES } from '#deals';
import { funnelOf } from './pipeline-funnel.js';

const bits = (...stages: (typeof WORKING_STAGES)[number][]): number =>
  stages.reduce((sum, stage) => sum | (1 << WORKING_STAGES.indexOf(stage)), 0);

/** The stages that one deal reached, and the last of them it did not go on from. */
function reached(entered: number, stage: DealStage): number {
  const rows = funnelOf([{ entered, stage, deals: 1 }]);
  return rows.filter((row) => row.reached === 1).length + (rows.at(-1)?.wentOn ?? 0);
}

describe('how far a deal got', () => {
  it.each<[string, number, DealStage, number]>([
    ['is nowhere but a lead', bits('lead'), 'lead', 1],
    ['skips', bits('lead', 'contract'), 'contract', 8],
    ['steps back', bits('lead', 'negotiation', 'scoping'), 'scoping', 7],
    ['is won at once', 0, 'closed_won', 10],
    ['is lost at once', 0, 'closed_lost', 1],
    ['was on hold from its first day', 0, 'on_hold', 1],
    ['is on hold', bits('lead', 'feed'), 'on_hold', 5],
    ['is lost late', bits('implementation'), 'closed_lost', 9],
    ['was won, and is not any more', bits('lead', 'negotiation'), 'negotiation', 7],
  ])('%s', (_what, entered, stage, expected) => {
    expect(reached(entered, stage)).toBe(expected);
  });

  it('is no number where there are no deals', () => {
    expect(funnelOf([]).map(({ reached: all, conversionRate, winRate }) => [all, conversionRate, winRate])).toEqual(
      WORKING_STAGES.map(() => [0, null, null]),
    );
  });
});
