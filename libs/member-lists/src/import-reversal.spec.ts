import fc from 'fast-check';
import { reversalOf } from './import-reversal.js';
import type { Values } from './member-row.js';

const FRESH = { title: null, source: null, preferred: false, started_on: null, archived_at: null };
const position = (after: Values) => ({ id: 'x', new: true as const, after });

describe('what a revert does to one subject', () => {
  it('removes what is still as it was created', () => {
    const after = { title: 'Chair', preferred: true };
    expect(reversalOf('position', position(after), { ...FRESH, ...after }, FRESH)).toEqual({
      removes: true,
      restores: {},
      kept: [],
    });
  });

  it.each<[string, Values]>([
    ['a value that was written', { title: 'President' }],
    ['a value that was empty', { source: 'press' }],
    ['a value that was cleared', { title: null }],
    ['an archived one', { archived_at: '2026-03-01' }],
  ])('keeps %s when somebody changed it', (_, change) => {
    const after = { title: 'Chair', preferred: true };
    const reversal = reversalOf('position', position(after), { ...FRESH, ...after, ...change }, FRESH);
    expect(reversal).toEqual({ removes: false, restores: {}, kept: Object.keys(change) });
  });

  it('has nothing to do where the subject is gone', () => {
    expect(reversalOf('position', position({ title: 'Chair' }), undefined, FRESH)).toEqual({
      removes: false,
      restores: {},
      kept: [],
    });
  });

  it('restores column by column what is still as the import left it, and nothing that is back already', () => {
    const column = fc.constantFrom('old', 'new', 'other');
    fc.assert(
      fc.property(column, column, (title, source) => {
        const piece = { id: 'x', before: { title: 'old', source: 'old' }, after: { title: 'new', source: 'new' } };
        const { removes, restores, kept } = reversalOf('position', piece, { ...FRESH, title, source }, FRESH);
        const present: Values = { title, source };
        const columns = Object.keys(present);
        expect(removes).toBe(false);
        expect(restores).toEqual(
          Object.fromEntries(columns.filter((c) => present[c] === 'new').map((c) => [c, 'old'])),
        );
        expect(kept).toEqual(columns.filter((c) => present[c] === 'other'));
      }),
    );
  });

  it('folds names anew from what then stands there, not from what stood there once', () => {
    const piece = {
      id: 'x',
      before: { name: 'Bridge', website: null, search_key: 'bridge', domain: null },
      after: { name: 'Harbour', website: 'https://a.example', search_key: 'harbour', domain: 'a.example' },
    };
    const present = { ...piece.after, website: 'https://b.example', domain: 'b.example', aliases: ['Pier'] };
    const { restores, kept } = reversalOf('organization', piece, present, {});
    expect(kept).toEqual(['website']);
    expect(restores).toMatchObject({ name: 'Bridge', domain: 'b.example', search_key: expect.stringMatching(/^bri/) });
    expect(restores.alias_key).not.toBe('');
  });
});
