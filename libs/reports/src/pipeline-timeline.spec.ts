import { lastMonths, timelineOf } from './pipeline-timeline.js';

describe('the timeline of deals', () => {
  it('ends with the present month, by UTC', () => {
    expect(lastMonths(new Date('2026-01-31T23:59:59Z'), 3)).toEqual(['2025-11', '2025-12', '2026-01']);
    expect(lastMonths(new Date('2024-03-31T00:00:00+14:00'), 2)).toEqual(['2024-02', '2024-03']);
  });

  it('begins with what there was before', () => {
    const [first, second] = timelineOf(
      ['2026-01', '2026-02'],
      [
        { month: null, from: null, to: 'lead', changes: 7 },
        { month: null, from: 'lead', to: 'closed_won', changes: 2 },
        { month: '2026-01', from: 'lead', to: 'on_hold', changes: 1 },
        { month: '2026-02', from: 'closed_won', to: 'contract', changes: 1 },
        { month: '2026-02', from: null, to: 'closed_lost', changes: 3 },
      ],
    );
    expect(first).toMatchObject({ entered: 0, won: 0, lost: 0, reopened: 0, open: 5 });
    expect(second).toMatchObject({ entered: 3, won: 0, lost: 3, reopened: 1, open: 6 });
  });
});
