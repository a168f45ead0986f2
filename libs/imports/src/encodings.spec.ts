import { namedEncoding } from './encodings.js';

describe('the name of an encoding', () => {
  it.each([
    ['UTF-8', 'utf-8'],
    ['utf8', 'utf-8'],
    ['utf-8-sig', 'utf-8'],
    ['UTF-16', 'utf-16'],
    ['utf-16 LE', 'utf-16le'],
    ['UTF16BE', 'utf-16be'],
    ['CP1251', 'windows-1251'],
    ['Windows-1252', 'windows-1252'],
    ['ISO-8859-1', 'windows-1252'],
    ['latin1', 'windows-1252'],
    ['iso_8859-9', 'windows-1254'],
    ['win-1254', 'windows-1254'],
  ])('may be %s', (label, encoding) => expect(namedEncoding(label)).toBe(encoding));

  it.each(['koi8-r', 'windows-1250', 'nonsense', '', 'toString'])('is not %j', (label) => {
    expect(namedEncoding(label)).toBeUndefined();
  });
});
