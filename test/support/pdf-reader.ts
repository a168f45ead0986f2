import { execFileSync } from 'node:child_process';

/** A word as it stands on a page; points from the top left corner. */
export interface PdfWord {
  text: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface PdfPage {
  width: number;
  height: number;
  words: PdfWord[];
}

/** Whether poppler's tools are here to read PDF files with (`apt-get install poppler-utils`); CI must have them. */
export const popplerInstalled: boolean = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (process.env.CI === 'true')
      throw new Error('poppler-utils is missing: the tests that read PDF files would be left out (see .ci/run).', {
        cause: error,
      });
    process.stderr.write('The tests that read PDF files are skipped: there is no pdftotext here (poppler-utils).\n');
    return false;
  }
})();

const poppler = (tool: string, file: Buffer, ...options: string[]): string =>
  execFileSync(tool, [...options, '-'], { input: file, maxBuffer: 64 << 20, encoding: 'utf8' });

/** What can be copied from the file; `squeezed` without white space and hyphens, since lines end anywhere. */
export const pdfText = (file: Buffer): string => poppler('pdftotext', file, '-enc', 'UTF-8', '-');
export const squeezed = (text: string): string => text.normalize('NFC').replace(/[\s-]+/g, '');

/** Title, Pages, Page size and so on. */
export const pdfInfo = (file: Buffer): Record<string, string> =>
  Object.fromEntries(
    poppler('pdfinfo', file)
      .split('\n')
      .map((line) => /^([^:]+):\s*(.*)$/.exec(line)?.slice(1) as [string, string])
      .filter(Boolean),
  );

/** For each font of the file, whether it is embedded. */
export const embeddedFonts = (file: Buffer): { name: string; embedded: boolean }[] =>
  poppler('pdffonts', file)
    .split('\n')
    .slice(2)
    .filter((line) => line.trim())
    .map((line) => ({ name: line.split(/\s/)[0] ?? '', embedded: / yes (yes|no ) (yes|no ) +\d+ +\d+$/.test(line) }));

/** Every word with its place. */
export function pdfPages(file: Buffer): PdfPage[] {
  const pages = execFileSync('pdftotext', ['-bbox', '-enc', 'UTF-8', '-', '-'], { input: file, maxBuffer: 64 << 20 })
    .toString()
    .split('<page ')
    .slice(1);
  return pages.map((page) => {
    const [, width, height] = /^width="([\d.]+)" height="([\d.]+)"/.exec(page) ?? [];
    return { width: Number(width), height: Number(height), words: [...page.matchAll(WORD)].map(wordOf) };
  });
}

/** What stands side by side, from left to right, whatever else the page is made of. */
export function pdfLines({ words }: PdfPage): string[] {
  const lines: PdfWord[][] = [];
  for (const word of [...words].sort((one, other) => one.bottom - other.bottom)) {
    const last = lines.at(-1);
    if (last?.[0] && Math.abs(last[0].bottom - word.bottom) < 2) last.push(word);
    else lines.push([word]);
  }
  return lines.map((line) =>
    line
      .sort((one, other) => one.left - other.left)
      .map(({ text }) => text)
      .join(' '),
  );
}

const WORD = /<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)<\/word>/g;

const wordOf = ([, left, top, right, bottom, text = '']: RegExpMatchArray): PdfWord => ({
  text: text.replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ENTITIES[name] ?? ''),
  left: Number(left),
  top: Number(top),
  right: Number(right),
  bottom: Number(bottom),
});

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' };

/** What a reader would stumble over: pages without text, words beyond the margin, words over one another. */
export function layoutFaults(pages: PdfPage[], margin = 40): string[] {
  return pages.flatMap((page, index) => {
    const on = `on page ${index + 1}`;
    if (page.words.length === 0) return [`nothing ${on}`];
    const outside = page.words.filter(
      ({ left, right, top, bottom }) =>
        left < margin || right > page.width - margin || top < 20 || bottom > page.height - 14,
    );
    return [...outside.map(({ text }) => `“${text}” leaves the margin ${on}`), ...overlaps(page.words, on)];
  });
}

/** Boxes of letters are higher than the letters: a quarter may be shared. */
function overlaps(words: PdfWord[], on: string): string[] {
  const sorted = [...words].sort((one, other) => one.top - other.top);
  return sorted.flatMap((one, index) => {
    const faults: string[] = [];
    for (const other of sorted.slice(index + 1)) {
      if (other.top >= one.bottom) break;
      const height = Math.min(one.bottom, other.bottom) - other.top;
      const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const lower = Math.min(one.bottom - one.top, other.bottom - other.top);
      if (width > 1 && height > lower / 4) faults.push(`“${one.text}” and “${other.text}” overlap ${on}`);
    }
    return faults;
  });
}
