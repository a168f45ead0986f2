import { pdfDisposition } from './pdf-file.js';

describe('the name of a PDF file', () => {
  it.each([
    [
      'Briefing book: Nüvə – Əli',
      `inline; filename="Briefing-book-Nuve-Eli.pdf"; filename*=UTF-8''Briefing%20book%20N%C3%BCv%C9%99%20%E2%80%93%20%C6%8Fli.pdf`,
    ],
    ['Щукин', `inline; filename="-.pdf"; filename*=UTF-8''%D0%A9%D1%83%D0%BA%D0%B8%D0%BD.pdf`],
    ['a"; filename="../x\r\nSet-Cookie: y', 'inline; filename="a-filename-..-x-Set-Cookie-y.pdf"; filename*='],
    ['lone \uD800', `inline; filename="lone.pdf"; filename*=UTF-8''lone.pdf`],
    ["O'Neil (2)*", `inline; filename="O-Neil-(2).pdf"; filename*=UTF-8''O%27Neil%20%282%29.pdf`],
  ])('of %j', (name, disposition) => {
    expect(pdfDisposition(name)).toContain(disposition);
  });
});
