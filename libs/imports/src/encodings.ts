/** Encodings a file may have, by the names of the WHATWG Encoding Standard. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1252', 'windows-1254'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export type CodePage = Extract<Encoding, `windows-${string}`>;
/** What a client may say: `utf-16` leaves the byte order to the file. */
export type NamedEncoding = Encoding | 'utf-16';

/** Other names people use, without case and punctuation. ISO 8859-1 and -9 are parts of their Windows code pages. */
const LABELS: Record<NamedEncoding, string[]> = {
  'utf-8': ['utf8', 'utf8bom', 'utf8sig', 'ascii', 'usascii'],
  'utf-16': ['utf16', 'unicode', 'ucs2', 'iso10646ucs2'],
  'utf-16le': ['utf16le', 'ucs2le'],
  'utf-16be': ['utf16be', 'ucs2be'],
  'windows-1251': ['windows1251', 'win1251', 'cp1251', 'xcp1251', '1251'],
  'windows-1252': ['windows1252', 'win1252', 'cp1252', 'xcp1252', '1252', 'latin1', 'l1', 'iso88591', 'ansi'],
  'windows-1254': ['windows1254', 'win1254', 'cp1254', 'xcp1254', '1254', 'latin5', 'l5', 'iso88599'],
};

/** The encoding a client names (`CP1251`, `latin1`, `UTF-16 LE`); undefined when it is none of ours. */
export function namedEncoding(label: string): NamedEncoding | undefined {
  const plain = label.toLowerCase().replace(/[^a-z0-9]/g, '');
  return (Object.keys(LABELS) as NamedEncoding[]).find((name) => LABELS[name].includes(plain));
}

/** Stands in a code page where a byte means nothing. */
export const HOLE = '\ufffd';

const PUNCTUATION_1252 = '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ';
const PUNCTUATION_1254 = '€�‚ƒ„…†‡ˆ‰Š‹Œ����‘’“”•–—˜™š›œ��Ÿ';
const SIGNS = '\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿';

/**
 * What the bytes 0x80–0xFF mean (Unicode's best-fit tables, without the guesses). Ours, because TextDecoder lets holes
 * pass as control characters, and that of Node 20 takes windows-1252 for ISO 8859-1.
 */
export const CODE_PAGES: Record<CodePage, string> = {
  'windows-1251':
    'ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—�™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї' +
    'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя',
  'windows-1252': `${PUNCTUATION_1252}${SIGNS}ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ`,
  'windows-1254': `${PUNCTUATION_1254}${SIGNS}ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ`,
};

export const isCodePage = (encoding: Encoding): encoding is CodePage => encoding in CODE_PAGES;
