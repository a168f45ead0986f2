import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { declaredDelimiter, DELIMITERS, judgeDelimiter, scoreDelimiter } from './delimiter.js';

describe('the delimiter of a file', () => {
  it.each(DELIMITERS)('is found when it is %j', (delimiter) => {
    expect(scoreDelimiter(`name${delimiter}country\nBridge${delimiter}AZ\n`, true)).toBe(delimiter);
  });

  it('is not misled by other delimiters in quoted cells', () => {
    expect(scoreDelimiter('name;notes\n"a,b,c,d";"x,y"\n"e,f,""g"",h";"z"\n', true)).toBe(';');
  });

  it('is not misled by decimal commas', () => {
    expect(scoreDelimiter('name;dues;share\nBridge;1,5;2,5\nHarbour;3,25;4,75\n', true)).toBe(';');
  });

  it('is not misled by a quote inside a cell', () => {
    expect(scoreDelimiter('name;country\nООО "Мост;AZ\nЗАО;AZ\n', true)).toBe(';');
  });

  it('is a comma for a single column, and for nothing', () => {
    expect(scoreDelimiter('organization\nBridge\n', true)).toBe(',');
    expect(scoreDelimiter('', true)).toBe(',');
  });

  it('is judged without a row that the sample cuts off', () => {
    expect(scoreDelimiter('a;b;c\n1;2;3\n4,4,4,4,4,4,4', false)).toBe(';');
  });

  it('is in doubt when another one would do as well, or when most rows do not fit', () => {
    expect(judgeDelimiter('a;b;c\n1;2;3\n', true)).toEqual({ delimiter: ';', doubtful: false });
    expect(judgeDelimiter('a;a,b;b\n1;2,3;4\n', true).doubtful).toBe(false);
    expect(judgeDelimiter('a;a,b\n1;2,3\n', true).doubtful).toBe(true);
    expect(judgeDelimiter('a,b,c\n1\n2\n3\n', true).doubtful).toBe(true);
    expect(judgeDelimiter('name\nBridge\n', true).doubtful).toBe(false);
  });

  it.each(['sep=;\r\n', '"sep=;"\n', 'SEP=;\r'])('may be declared by the line %j', (line) => {
    expect(declaredDelimiter(`${line}a;b`)).toEqual({ delimiter: ';', length: line.length });
  });

  it.each(['sep=;;\n', 'separator;x\n', 'a\nsep=;\n', 'sep=;'])('is not declared by %j', (text) => {
    expect(declaredDelimiter(text)).toBeUndefined();
  });

  it('is found in whatever a program writes with it', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('Bridge, Ltd', 'a;b', 'x|y', 'q"uote', 'line\nbreak'),
    );
    const table = fc
      .integer({ min: 3, max: 8 })
      .chain((n) => fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 3, maxLength: 20 }));
    fc.assert(
      fc.property(table, fc.constantFrom(...DELIMITERS), (rows, delimiter) => {
        const header = (rows[0] ?? []).map((_, i) => `column${i}`);
        const text = stringify([header, ...rows], { delimiter, quoted: true });
        expect(scoreDelimiter(text, true)).toBe(delimiter);
      }),
      { numRuns: 300 },
    );
  });
});
