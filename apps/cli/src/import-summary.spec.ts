import { addMapping } from './import.command.js';
import { importSummary } from './import-summary.js';

const counts = { total: 5, created: 1, updated: 0, unchanged: 0, skipped: 2, failed: 2 };
const detected = { encoding: 'utf-8', delimiter: '\t', unmapped: ['Flag'], warnings: [{ message: 'Hm.' }] };
const answer = { id: 'x', progress: { done: 5, total: 5 }, counts, detected, committedThrough: 3 };

describe('the summary of an import', () => {
  it('tells the counts, how the file was read, what is wrong in which row, and how many more there are', () => {
    const rows = [{ rowNumber: 2, problems: [{ column: 'Tier', code: 'x', message: 'No such tier.' }] }];
    expect(importSummary({ ...answer, status: 'completed' }, rows).split('\n')).toEqual([
      'completed: 5 total, 1 created, 0 updated, 0 unchanged, 2 skipped, 2 failed',
      'read as utf-8, delimiter tab; not read: Flag',
      'look at this: Hm.',
      '  row 2, Tier: No such tier.',
      '  and 1 rows more',
      'failed rows as they came, to be mended: GET /v1/imports/x/errors.csv',
      'to undo it: chamberlain import --revert x',
      '',
    ]);
  });

  it('calls a forecast a forecast, and says how far a cancelled import came', () => {
    expect(importSummary({ ...answer, status: 'ready' }, [])).toContain(
      'ready (forecast, nothing is written yet): 5 total',
    );
    expect(importSummary({ ...answer, status: 'cancelled' }, [])).toContain('rows up to 3 are written');
  });

  it('shows what a forecast would change, and how to write it', () => {
    const changes = [
      { field: 'tier', before: 'silver', after: 'gold' },
      { field: 'tags', before: null, after: ['one', 'two'] },
    ];
    const forecast = { ...answer, status: 'ready', counts: { ...counts, updated: 3 } };
    expect(importSummary(forecast, [], [{ rowNumber: 4, changes }]).split('\n')).toEqual(
      expect.arrayContaining([
        '  row 4 changes tier: silver → gold',
        '  row 4 changes tags: (none) → one; two',
        '  and 2 rows more that change something',
        'to write it: the same without --dry-run, or POST /v1/imports/x/commit',
      ]),
    );
  });

  it('does not list hundreds of columns that are not read', () => {
    const wide = { ...answer, detected: { ...detected, unmapped: Array.from({ length: 300 }, (_, i) => `c${i}`) } };
    expect(importSummary({ ...wide, status: 'ready' }, [])).toContain('c18, c19 and 280 more\n');
  });

  it('tells of a revert what it did instead', () => {
    const reversal = { removed: 1, restored: 2, kept: 3, partlyKept: 0 };
    const [head, row, more] = importSummary({ ...answer, status: 'reverted', reversal }, [
      { rowNumber: 4, problems: [{ column: null, code: 'depended_on', message: 'It stays.' }] },
    ]).split('\n');
    expect(head).toBe('reverted: 1 removed, 2 restored, 0 kept in part, 3 kept');
    expect([row, more]).toEqual(['  row 4: It stays.', '  and 2 rows more']);
  });
});

describe('a mapping on the command line', () => {
  it('gathers columns, splits at the last equals sign, and leaves out what has no field', () => {
    expect(addMapping('a=b=country', addMapping('Flag='))).toEqual({ Flag: null, 'a=b': 'country' });
  });

  it.each(['Who', '=country'])('refuses %s', (text) => expect(() => addMapping(text)).toThrow('Header=field'));
});
