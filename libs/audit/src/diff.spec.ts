import { diff } from './diff.js';

describe('the difference kept in the audit trail', () => {
  it('holds only the fields that changed, as they were and as they are', () => {
    expect(diff({ name: 'A', country: 'AZ' }, { name: 'B', country: 'AZ' })).toEqual({
      before: { name: 'A' },
      after: { name: 'B' },
    });
  });

  it('sees no difference between an absent field and an empty one', () => {
    expect(diff({ notes: null }, {})).toBeUndefined();
  });

  it('compares dates and lists by value', () => {
    const at = () => new Date('2026-03-10T14:00:00Z');
    expect(diff({ at: at(), tags: ['a'] }, { at: at(), tags: ['a'] })).toBeUndefined();
  });

  it('tells that a password changed, and never keeps its hash', () => {
    expect(diff({ passwordHash: 'x' }, { passwordHash: 'y' })).toEqual({
      before: { passwordHash: '(hidden)' },
      after: { passwordHash: '(hidden)' },
    });
  });
});
