import {
  DELEGATE_STATUSES,
  type DelegateStatus,
  DelegateStatusRefused,
  demandDelegateStatus,
  statusAfterAnswer,
  statusAfterWithdrawal,
  takesPart,
} from './delegate-status.js';

const isPossible = (from: DelegateStatus, to: DelegateStatus): boolean => {
  try {
    demandDelegateStatus(from, to);
    return true;
  } catch (error) {
    if (error instanceof DelegateStatusRefused) return false;
    throw error;
  }
};

describe('a delegate', () => {
  it('takes part until they decline or withdraw', () => {
    expect(DELEGATE_STATUSES.filter(takesPart)).toEqual(['nominated', 'invited', 'accepted', 'confirmed']);
  });

  it('may stay as they are, and leave at any time', () => {
    for (const status of DELEGATE_STATUSES) {
      expect(isPossible(status, status)).toBe(true);
      expect(isPossible(status, 'withdrawn')).toBe(true);
    }
    expect(DELEGATE_STATUSES.filter((status) => isPossible(status, 'declined'))).toEqual([
      'nominated',
      'invited',
      'accepted',
      'confirmed',
      'declined',
    ]);
  });

  it('may come back after declining or withdrawing, but has to be confirmed anew', () => {
    for (const gone of ['declined', 'withdrawn'] as const) {
      for (const status of ['nominated', 'invited', 'accepted'] as const) expect(isPossible(gone, status)).toBe(true);
      expect(isPossible(gone, 'confirmed')).toBe(false);
    }
  });

  it('is no longer only nominated once they have said yes', () => {
    expect(DELEGATE_STATUSES.filter((status) => isPossible(status, 'nominated'))).toEqual([
      'nominated',
      'invited',
      'declined',
      'withdrawn',
    ]);
  });

  it('learns what is possible where something is not', () => {
    expect(() => demandDelegateStatus('confirmed', 'nominated')).toThrow(
      'A delegate who is confirmed cannot become nominated; possible: accepted, declined, withdrawn.',
    );
  });
});

describe('the answer to an invitation', () => {
  const after = (answer: Parameters<typeof statusAfterAnswer>[0], byAnswer = false) =>
    DELEGATE_STATUSES.map((status) => statusAfterAnswer(answer, { status, byAnswer }));

  it('that is yes is taken, except from somebody staff took off; who is confirmed stays so', () => {
    expect(after('accepted')).toEqual(['accepted', 'accepted', 'accepted', 'confirmed', 'accepted', 'withdrawn']);
    expect(after('accepted', true).at(-1)).toBe('accepted');
  });

  it('that is no, or sends somebody else, frees whoever gave it', () => {
    const declined = ['declined', 'declined', 'declined', 'declined', 'declined', 'withdrawn'];
    expect(after('declined')).toEqual(declined);
    expect(after('delegated')).toEqual(declined);
  });

  it('that is perhaps, or was none, leaves them invited; who came by answering goes', () => {
    const open = ['nominated', 'invited', 'invited', 'confirmed', 'invited', 'withdrawn'];
    expect(after('tentative')).toEqual(open);
    expect(after('needs_action')).toEqual(open);
    expect(statusAfterAnswer('needs_action', { status: 'accepted', byAnswer: true })).toBe('withdrawn');
  });

  it('goes with the invitation where nobody had nominated them', () => {
    const left = (byAnswer: boolean) => DELEGATE_STATUSES.map((status) => statusAfterWithdrawal({ status, byAnswer }));
    expect(left(false)).toEqual(['nominated', 'nominated', 'accepted', 'confirmed', 'declined', 'withdrawn']);
    expect(left(true)).toEqual(['withdrawn', 'withdrawn', 'withdrawn', 'withdrawn', 'declined', 'withdrawn']);
  });
});
