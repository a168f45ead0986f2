import fc from 'fast-check';
import { PLACEHOLDER, printableText } from './printable-text.js';

const latin = (codePoint: number): boolean => codePoint < 0x600 || codePoint === 0xfffd;

describe('text for the printer', () => {
  it.each([
    ['Məmmədov, İğdır, şükür', 'Məmmədov, İğdır, şükür'],
    ['Жуков', 'Жуков'],
    ['o\u0308', 'ö'],
    ['日本', PLACEHOLDER + PLACEHOLDER],
    ['\u{1F468}\u200D\u{1F469}\u200D\u{1F467}!', `${PLACEHOLDER}!`],
    ['\uD83D lone', `${PLACEHOLDER} lone`],
    ['10 \u20BC', '10 AZN'],
    ['one\r\ntwo\rthree\u2028four', 'one\ntwo\nthree\nfour'],
    ['bell\u0007, soft\u00ADhyphen, \u202Egnp.exe', 'bell, softhyphen, gnp.exe'],
    ['', ''],
  ])('%j is printed as %j', (text, printed) => {
    expect(printableText(text, latin)).toBe(printed);
  });

  it('has nothing in it that the fonts lack, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const printed = [...printableText(text, latin).replace(/[\n\t]/g, '')];
        expect(printed.filter((character) => !latin(character.codePointAt(0) ?? 0) || character < ' ')).toEqual([]);
      }),
    );
  });
});
