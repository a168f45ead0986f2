/** Letters that UTF-8 leaves behind when it was read in a code page: `FranÃ§ois`, `Ð¡Ð°Ð»Ð°Ð¼`, `РЎР°Р»Р°Рј`, `É™`. */
const CONTINUED_1252 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u0080-\u00bf';
const CONTINUED_1251 = 'ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї';
const MOJIBAKE = new RegExp(
  [
    // ç ş ğ ı ə and their like; `Ä“` and `É»` may be an honest capital before a closing quote.
    `[ÃÄÅÆÉ](?![”“’»«])[${CONTINUED_1252}]`,
    `(?:[ÐÑĞ][${CONTINUED_1252}]){2}`,
    `(?:[РС][${CONTINUED_1251}]){2}`,
    'â€[^\\s\\w]|Â[\u00a0«»°©®]|вЂ[^\\s\\w]|ï»¿|п»ї',
  ].join('|'),
  'u',
);

/** The first stretch of a text that looks like UTF-8 read in another encoding, with the word around it. */
export function findMojibake(text: string): { index: number; word: string } | undefined {
  const found = MOJIBAKE.exec(text);
  if (!found) return undefined;
  const before = /[\p{L}\p{M}]{0,12}$/u.exec(text.slice(Math.max(0, found.index - 12), found.index))?.[0] ?? '';
  const after = /^[^\s,;|"]{0,16}/u.exec(text.slice(found.index))?.[0] ?? '';
  return { index: found.index, word: before + after };
}
