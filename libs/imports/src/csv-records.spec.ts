import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { type CsvRecord, csvRecords } from './csv-records.js';
import { DELIMITERS } from './delimiter.js';

async function read(text: string, delimiter = ',', chunk = 5): Promise<CsvRecord[]> {
  const parts = (async function* () {
    for (let i = 0; i < text.length; i += chunk) yield text.slice(i, i + chunk);
  })();
  const records: CsvRecord[] = [];
  for await (const record of csvRecords(parts, delimiter)) records.push(record);
  return records;
}

describe('the rows of a CSV file', () => {
  it('know their number and the line they begin on, past line breaks in cells and blank rows', async () => {
    const text = 'name,notes\r\n"a\r\nb",1\n\n"c\nd\re",2\r,,\nf,3';
    expect(await read(text)).toEqual([
      { rowNumber: 0, lineNumber: 1, cells: ['name', 'notes'] },
      { rowNumber: 1, lineNumber: 2, cells: ['a\r\nb', '1'] },
      { rowNumber: 3, lineNumber: 5, cells: ['c\nd\re', '2'] },
      { rowNumber: 5, lineNumber: 9, cells: ['f', '3'] },
    ]);
  });

  it('may have too many or too few cells', async () => {
    expect((await read('a,b\n1\n1,2,3\n')).map(({ cells }) => cells.length)).toEqual([2, 1, 3]);
  });

  it('keep a quote inside a cell', async () => {
    expect((await read('name,country\nООО "Мост",AZ\n'))[1]?.cells).toEqual(['ООО "Мост"', 'AZ']);
  });

  const character = fc.constantFrom(...'ab,;|"\n\r ə\t');
  const table = fc.array(fc.array(fc.string({ unit: character, maxLength: 8 }), { minLength: 2, maxLength: 3 }), {
    maxLength: 8,
  });
  const delimiter = fc.constantFrom(...DELIMITERS);

  it('are what was written, with any delimiter and line end, wherever the chunks end', async () => {
    const dialect = { delimiter, quoted: fc.boolean(), newline: fc.constantFrom('\n', '\r\n', '\r') };
    await fc.assert(
      fc.asyncProperty(table, fc.record(dialect), fc.integer({ min: 1, max: 9 }), async (rows, how, chunk) => {
        const { quoted, newline: record_delimiter } = how;
        // What is not quoted as a whole is where it must be.
        const options = { delimiter: how.delimiter, quoted, record_delimiter, quoted_match: /[\r\n]/ };
        const text = stringify([['name', 'notes'], ...rows], options);
        const filled = rows.filter((row) => row.some((value) => value.trim() !== ''));
        expect((await read(text, how.delimiter, chunk)).slice(1).map(({ cells }) => cells)).toEqual(filled);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are those another program reads', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab,;\n\r'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, delimiter, fc.integer({ min: 1, max: 9 }), async (content, between, chunk) => {
        const options = { delimiter: between, relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] };
        const theirs = parse(content, options).filter((cells) => cells.some((cell) => cell !== ''));
        expect((await read(content, between, chunk)).map(({ cells }) => cells)).toEqual(theirs);
      }),
      { numRuns: 500 },
    );
  });

  it('keep quotes behind which the cell goes on, and drop spaces behind them', async () => {
    expect((await read('a;b\n"Bridge" LLC;"x" \n', ';'))[1]?.cells).toEqual(['"Bridge" LLC', 'x']);
  });

  it('name the row whose quote is missing when the next quote comes lines later', async () => {
    for (const chunk of [3, 1_000]) {
      await expect(read('"a","b"\n"1","2\n"3","4"\n', ',', chunk)).rejects.toMatchObject({
        code: 'unclosed_quote',
        errors: [{ line: 2, column: 2 }],
      });
    }
  });

  it('name the row that has too many cells, or no end', async () => {
    await expect(read(`a\nb${',x'.repeat(500)}\n`, ',', 1_000)).rejects.toMatchObject({
      code: 'too_many_columns',
      errors: [{ line: 2, column: 501 }],
    });
    await expect(read(`a\nb${'x'.repeat(1_000_001)}`, ',', 65_536)).rejects.toMatchObject({
      code: 'row_too_long',
      errors: [{ line: 2, column: 1 }],
    });
  });

  it('name the row whose quote never closes, however many rows were read before', async () => {
    const text = `a,b\n${'x,"y\nz"\n'.repeat(2_000)}1,"2\n3,4\n`;
    await expect(read(text, ',', 65_536)).rejects.toMatchObject({
      code: 'unclosed_quote',
      errors: [{ line: 4_002, column: 2 }],
    });
  });
});
