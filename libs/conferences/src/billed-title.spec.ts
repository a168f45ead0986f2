import type { PositionRow } from '#members';
import { billedTitle } from './billed-title.js';

const position = (title: string, fields: Partial<PositionRow> = {}) =>
  ({ title, organizationName: null, startedOn: null, endedOn: null, preferred: true, ...fields }) as PositionRow;

const billed = (...positions: PositionRow[]) => billedTitle(positions, '2026-03-10');

describe('the title a speaker is billed with', () => {
  it('is the preferred one of those the sources give, with the organization', () => {
    const organizationName = 'U.S. Department of Commerce';
    const deputy = position('Deputy Under Secretary', { organizationName });
    expect(billed(position('Under Secretary', { organizationName, preferred: false }), deputy)).toBe(
      'Deputy Under Secretary, U.S. Department of Commerce',
    );
  });

  it('is of a position still held, the newest one', () => {
    const former = position('Minister', { startedOn: '2026-01-01', endedOn: '2026-03-09' });
    expect(
      billed(position('Director', { startedOn: '2020-01-01' }), former, position('Chair', { startedOn: '2024-05-01' })),
    ).toBe('Chair');
  });

  it('is the first that was entered when nothing tells how new they are', () => {
    expect(billed(position('Chair'), position('Director'))).toBe('Chair');
  });

  it('is empty when no position is known', () => {
    expect(billed()).toBeNull();
  });
});
