import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  embeddedFonts,
  layoutFaults,
  pdfInfo,
  pdfPages,
  pdfText,
  popplerInstalled,
  squeezed,
} from '../../../test/support/pdf-reader.js';
import { kept, type PdfContent, type PdfDocument, PdfPrinter, rows } from './index.js';

const LETTERS = 'AaÇçƏəĞğIıİiÖöŞşÜü – Ёё Жж Щщ Ыы Яя – “quotes” € ₽ 1234';
const WIDE = 'Щ'.repeat(300);
const ADDRESS = `https://example.org/${'a-very-long-path/'.repeat(12)}`;
const CHAPTERS = Array.from({ length: 2 }, (_, number) => `Chapter ${number + 1}`);
const NAME = `${'Elektrik'.repeat(30)} Ltd`;

const document = (content: PdfContent[], more: Partial<PdfDocument> = {}): PdfDocument => ({
  title: 'Book of the mission, Əzizə Щукина',
  language: 'en',
  content,
  madeAt: '2026-03-10T12:00:00Z',
  ...more,
});

/** A cover, the contents, and chapters with all that is hard to set. */
const book = (): PdfDocument =>
  document(
    [
      { text: 'Book of the mission', style: 'title', pageBreak: 'after' },
      { toc: { title: { text: 'Contents', style: 'heading' } }, pageBreak: 'after' },
      ...CHAPTERS.flatMap((chapter): PdfContent[] => [
        { text: chapter, style: 'heading', tocItem: true, outline: true },
        kept({ text: 'Kept together', style: 'subheading' }, LETTERS),
        { text: NAME, style: 'subheading', tocItem: true, outline: true },
        kept({ text: 'Too long to be kept', style: 'subheading' }, 'word '.repeat(1500)),
        rows(
          [90, '*', 120],
          ['Who', 'What', 'Where'],
          [
            [WIDE, LETTERS, ADDRESS],
            ['Sabina Məmmədova', 'talks '.repeat(40), 'Baku'],
          ],
        ),
        rows(
          ['auto', '*', 'auto'],
          ['Who', 'What', 'Where'],
          [[WIDE, ADDRESS, { text: [{ text: WIDE, bold: true }, ' and more'] }]],
        ),
        rows([90, '*'], ['Who', 'What'], [['A row longer than a page', 'much '.repeat(2500)]]),
      ]),
    ],
    { cover: true, headerText: `Head ${WIDE}`, footerText: 'Chamber of Commerce' },
  );

describe('the printer', () => {
  const printer = new PdfPrinter();
  afterAll(() => printer.onModuleDestroy());

  const links = ['https://example.org/', 'javascript:alert(1)', 'file:///etc/passwd', 'mailto:a@b.example'];
  const oddities = (): PdfDocument =>
    document(
      [
        ...[`日 \u{1F9D1}\u200D\u{1F680} <b>{"text":"x"}</b> \u0000\uDC00`, ''],
        ...links.map((link) => ({ text: 'here', link })),
      ],
      { paper: 'letter', language: 'az' },
    );

  let file: Buffer;
  let odd: Buffer;
  beforeAll(async () => {
    [file, odd] = await Promise.all([printer.print(book()), printer.print(oddities())]);
  });

  it('makes the same file of the same document', async () => {
    expect(odd.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await printer.print(oddities())).equals(odd)).toBe(true);
  });

  it('leaves the program free for others meanwhile', async () => {
    let turns = 0;
    let counting = setImmediate(function turn() {
      turns += 1;
      counting = setImmediate(turn);
    });
    await printer.print(document(['short']));
    clearImmediate(counting);
    // Printed in this thread, it would leave room for a handful.
    expect(turns).toBeGreaterThan(100);
  });

  it('reads no file and fetches nothing, whatever a document names', async () => {
    const asked: string[] = [];
    const server = createServer((request, answer) => {
      asked.push(request.url ?? '');
      answer.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.png`;
    for (const image of [url, '/etc/hostname', 'package.json'])
      await expect(printer.print(document([{ image } as unknown as PdfContent]))).rejects.toThrow(/denied|not be/);
    await printer.print(document([{ text: `![x](${url}) <img src="${url}"> ${url}` }]));
    server.close();
    expect(asked).toEqual([]);
  });

  it('makes nothing for who has hung up, and says so to nobody else', async () => {
    const [caller, before] = [new AbortController(), AbortSignal.abort()];
    const made = printer.print(book(), caller.signal);
    caller.abort();
    await expect(made).rejects.toMatchObject({ code: 'nobody_waits' });
    await expect(printer.print(oddities(), before)).rejects.toMatchObject({ code: 'nobody_waits' });
  });

  it('ends what it is making when the program stops', async () => {
    const stopped = new PdfPrinter();
    const made = stopped.print(book());
    stopped.onModuleDestroy();
    await expect(made).rejects.toThrow();
  });

  (popplerInstalled ? describe : describe.skip)('whose pages were read again', () => {
    it('has every letter of every alphabet, and fonts of its own', () => {
      const text = squeezed(pdfText(file));
      const all = [LETTERS, ADDRESS, 'Chamber of Commerce', ...CHAPTERS];
      expect(all.filter((words) => !text.includes(squeezed(words)))).toEqual([]);
      expect(text.match(/word/g)).toHaveLength(1500 * CHAPTERS.length);
      expect(text.match(/much/g)).toHaveLength(2500 * CHAPTERS.length);
      expect(text.match(/Щ/g)?.length).toBeGreaterThanOrEqual(300 * CHAPTERS.length);
      const fonts = embeddedFonts(file);
      expect(fonts.length).toBeGreaterThan(1);
      expect(fonts.filter(({ name, embedded }) => !embedded || !name.includes('DejaVu'))).toEqual([]);
    });

    it('has no empty page, nothing beyond the margin, nothing over something else', () => {
      expect(layoutFaults(pdfPages(file))).toEqual([]);
    });

    it('counts the pages and tells where chapters begin', () => {
      const pages = pdfPages(file).map(({ words }) => words.map(({ text }) => text).join(' '));
      expect(pages[0]).toBe('Book of the mission');
      for (const [index, page] of pages.entries())
        if (index > 0) expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
      for (const chapter of CHAPTERS) {
        const begins = pages.findIndex((page, index) => index > 1 && page.includes(`${chapter} Kept`)) + 1;
        expect(pages[1]).toContain(`${chapter} ${begins}`);
      }
    });

    it('says its title and language, on the paper asked for', () => {
      expect(pdfInfo(file)).toMatchObject({ Title: 'Book of the mission, Əzizə Щукина' });
      expect(pdfInfo(file)['Page size']).toContain('A4');
      expect(file.toString('latin1')).toMatch(/\/Lang \(en\)/);
      expect(pdfInfo(odd)['Page size']).toContain('letter');
      expect(pdfText(odd)).toContain('Səhifə 1 / 1');
    });

    it('shows a sign where no font has one, and takes text as text', () => {
      expect(pdfText(odd)).toContain('\uFFFD \uFFFD <b>{"text":"x"}</b> \uFFFD');
    });

    it('follows links to the web only', () => {
      const linked = odd.toString('latin1');
      expect(linked).toContain('https://example.org/');
      expect(linked).toContain('mailto:a@b.example');
      expect(linked).not.toMatch(/javascript|passwd/);
    });
  });
});
