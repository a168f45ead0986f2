import type { NoEncoding } from './encoding-guess.js';
import { type Encoding, ENCODINGS } from './encodings.js';
import { Invalid } from '#faults';
import { type FilePlace, UnreadableFile } from './imports.errors.js';

/** First bytes of files that people mistake for a table. */
const SIGNATURES: [bytes: string, what: string][] = [
  ['504b0304', 'a ZIP archive or an .xlsx workbook'],
  ['d0cf11e0', 'an .xls workbook'],
  ['89504e47', 'a PNG image'],
  ['ffd8ff', 'a JPEG image'],
  ['47494638', 'a GIF image'],
  ['25504446', 'a PDF document'],
  ['1f8b', 'a gzip archive'],
  ['52617221', 'a RAR archive'],
  ['377abcaf', 'a 7-Zip archive'],
  ['7f454c46', 'a program'],
  ['3c21444f4354595045', 'a web page'],
  ['3c21646f6374797065', 'a web page'],
  ['3c68746d6c', 'a web page'],
  ['3c3f786d6c', 'an XML document'],
  ['7b5c727466', 'an RTF document'],
  ['fffe0000', 'text in UTF-32'],
  ['0000feff', 'text in UTF-32'],
];

const CHOICE = ENCODINGS.join(', ');

/** Throws UnreadableFile when the first bytes are those of another kind of file. */
export function refuseKnownBinaries(head: Buffer): void {
  const start = head.toString('hex');
  const binary = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (!binary) return;
  const message = `The file is ${binary[1]}, not CSV; save the table as CSV.`;
  throw new UnreadableFile('not_a_table', message, { line: 1, column: 1 });
}

export const nulByte = (place: Required<FilePlace>): UnreadableFile =>
  new UnreadableFile(
    'nul_byte',
    `There is a NUL byte in line ${place.line}, column ${place.column}; the file is not plain text.`,
    place,
  );

/** A byte that means nothing in the encoding the file has, or is said to have. */
export const undecodable = (encoding: Encoding, { line, column }: Required<FilePlace>): UnreadableFile =>
  new UnreadableFile(
    'undecodable',
    `Line ${line}, column ${column} is not ${encoding}. Mend it there, or say another encoding: ${CHOICE}.`,
    { line, column },
  );

/** No encoding fits; `place` is where the file stops being UTF-8. */
export function noEncoding(reason: NoEncoding['refused'], { line, column }: Required<FilePlace>): UnreadableFile {
  const why =
    reason === 'damaged_utf8'
      ? 'while the rest of the file is; it is damaged there, or two encodings are mixed'
      : 'and nothing shows which other encoding it is';
  const message = `Line ${line}, column ${column} is not UTF-8, ${why}. Mend it, or say how to read the file in encoding: ${CHOICE}.`;
  return new UnreadableFile('undecodable', message, { line, column });
}

/** The client says an encoding that the file cannot have. */
export function contradicted(said: string, actual: Encoding | undefined): Invalid {
  const found = actual ? `it is ${actual}` : 'it has no NUL bytes';
  const message = `The file is not ${said}: ${found}. Say ${actual ?? 'another encoding'}, or leave encoding out.`;
  return Invalid.field('/options/encoding', 'contradicted_encoding', message);
}
