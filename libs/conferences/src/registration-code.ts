import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, so that nothing is misread or spells a word. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** A code for the door: 50 random bits, as one letter or digit for each five. */
export function newRegistrationCode(): string {
  return [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** A code as somebody typed it: any case, with blanks or dashes, O for 0 and I or L for 1. */
export const readRegistrationCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[\s\u2010-\u2015-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
