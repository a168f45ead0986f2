import { CommitmentSettled, settled } from './commitment-status.js';

describe('the status of a commitment', () => {
  it.each(['kept', 'broken', 'released'] as const)('goes from open to %s', (end) => {
    expect(settled('open', end)).toBe(end);
  });

  it.each(['kept', 'broken', 'released'] as const)('stays %s once it is', (end) => {
    expect(() => settled(end, 'kept')).toThrow(CommitmentSettled);
  });
});
