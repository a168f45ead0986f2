import type { Encoding } from '#imports';

/** Bytes of a text in an encoding, by tables that are not the program's own. Throws when a letter is not in it. */
export function encodeText(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const table = tableOf(encoding);
  return Buffer.from(
    Array.from(text, (char) => {
      const byte = table.get(char);
      if (byte === undefined) throw new Error(`${encoding} has no ${char}`);
      return byte;
    }),
  );
}

const tables = new Map<string, Map<string, number>>();

function tableOf(encoding: string): Map<string, number> {
  const known = tables.get(encoding);
  if (known) return known;
  // Some versions of Node read windows-1252 as ISO 8859-1; what differs from windows-1254 is put right by hand.
  const decoder = new TextDecoder(encoding === 'windows-1252' ? 'windows-1254' : encoding);
  const chars = Array.from({ length: 256 }, (_, byte) => decoder.decode(Uint8Array.of(byte)));
  if (encoding === 'windows-1252') for (const [byte, char] of ONLY_1252) chars[byte] = char;
  // A control character in the upper half is what decoders make of a byte without meaning.
  const entries = chars
    .map((char, byte) => [char, byte] as const)
    .filter(([char, byte]) => byte < 0x80 || char > '\u009f');
  const table = new Map(entries);
  tables.set(encoding, table);
  return table;
}

const ONLY_1252: [byte: number, char: string][] = [
  [0x8e, 'Ž'],
  [0x9e, 'ž'],
  [0xd0, 'Ð'],
  [0xdd, 'Ý'],
  [0xde, 'Þ'],
  [0xf0, 'ð'],
  [0xfd, 'ý'],
  [0xfe, 'þ'],
];
