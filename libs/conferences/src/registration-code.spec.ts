import { newRegistrationCode, readRegistrationCode } from './registration-code.js';

describe('a registration code', () => {
  it('has ten letters and digits, none of which looks like another', () => {
    const codes = Array.from({ length: 500 }, newRegistrationCode);
    expect(codes.every((code) => /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('is understood however it is typed', () => {
    expect(readRegistrationCode('ab3de-fghjk')).toBe('AB3DEFGHJK');
    expect(readRegistrationCode(' O1 il 23 4567 ')).toBe('0111234567');
  });

  it('reads back as itself', () => {
    for (let i = 0; i < 200; i++) {
      const code = newRegistrationCode();
      expect(readRegistrationCode(code)).toBe(code);
    }
  });
});
