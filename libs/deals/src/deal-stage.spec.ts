import {
  DEAL_STAGES,
  type DealStage,
  type DealStanding,
  isClosed,
  stageAfter,
  stageAfterReopening,
  stageProbability,
  WORKING_STAGES,
} from './deal-stage.js';

const at = (stage: DealStage, fields: Partial<DealStanding> = {}): DealStanding => ({
  stage,
  heldFrom: null,
  probability: null,
  ...fields,
});
const CLOSED: DealStage[] = ['closed_won', 'closed_lost'];
const OPEN = DEAL_STAGES.filter((stage) => !isClosed(stage));

describe('the stage of a deal', () => {
  it('leads to every other one, forward, past others, or back', () => {
    for (const from of OPEN)
      for (const to of DEAL_STAGES.filter((stage) => stage !== from))
        expect(stageAfter(at(from), to)).toMatchObject({ stage: to });
  });

  it('does not lead to itself', () => {
    for (const stage of DEAL_STAGES)
      expect(() => stageAfter(at(stage), stage)).toThrow(expect.objectContaining({ code: 'same_stage' }));
  });

  it('is left by a reopening only, once closed', () => {
    for (const from of CLOSED) {
      const others = DEAL_STAGES.filter((stage) => stage !== from);
      for (const to of others)
        expect(() => stageAfter(at(from), to)).toThrow(expect.objectContaining({ code: 'deal_closed' }));
      for (const to of WORKING_STAGES) expect(stageAfterReopening(at(from), to)).toEqual(at(to));
    }
    for (const from of OPEN)
      expect(() => stageAfterReopening(at(from), 'contract')).toThrow(expect.objectContaining({ code: 'deal_open' }));
  });

  it('is remembered while the deal is on hold', () => {
    expect(stageAfter(at('feed'), 'on_hold')).toEqual(at('on_hold', { heldFrom: 'feed' }));
    expect(stageAfter(at('on_hold', { heldFrom: 'feed' }), 'contract')).toEqual(at('contract'));
  });
});

describe('how likely a deal is', () => {
  it('grows from stage to stage, and is sure at the ends', () => {
    const percents = DEAL_STAGES.slice(0, 10).map((stage) => stageProbability(stage));
    expect(percents).toEqual([5, 10, 20, 30, 40, 55, 70, 90, 95, 100]);
    expect(stageProbability('closed_lost')).toBe(0);
  });

  it('stays what it was while the deal is on hold, and is a lead’s where it was never anything else', () => {
    expect(stageProbability('on_hold', 'negotiation')).toBe(70);
    expect(stageProbability('on_hold')).toBe(5);
  });

  it('is what somebody said until the next stage, and through a pause', () => {
    const said = at('negotiation', { probability: 85 });
    expect(stageAfter(said, 'contract').probability).toBeNull();
    const held = stageAfter(said, 'on_hold');
    expect(held).toEqual(at('on_hold', { heldFrom: 'negotiation', probability: 85 }));
    expect(stageAfter(held, 'negotiation').probability).toBe(85);
    expect(stageAfter(held, 'closed_won').probability).toBeNull();
  });
});
