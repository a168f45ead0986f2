import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { type CsvRecord, csvRecords } from './csv-records.js';

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

  it('are what was written, wherever the chunks end', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...'ab,;"\n\r ə\t') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, chunk, newline) => {
          const text = stringify([['name', 'notes'], ...rows], { quoted: true, record_delimiter: newline });
          const filled = rows.filter((row) => row.some((value) => value.trim() !== ''));
          expect((await read(text, ',', chunk)).slice(1).map(({ cells }) => cells)).toEqual(filled);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('name the row whose quote never closes, however many rows were read before', async () => {
    const text = `a,b\n${'x,"y\nz"\n'.repeat(2_000)}1,"2\n3,4\n`;
    await expect(read(text, ',', 65_536)).rejects.toMatchObject({
      code: 'unclosed_quote',
      errors: [{ line: 4_002, column: 2 }],
    });
  });
});
