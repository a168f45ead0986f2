import { StreamableFile } from '@nestjs/common';

const LONGEST_NAME = 120;

/** A document to show, or to save under a name that goes without `.pdf` and may be in any script (RFC 6266, RFC 8187). */
export function pdfFile(name: string, pdf: Buffer): StreamableFile {
  return new StreamableFile(pdf, { type: 'application/pdf', disposition: pdfDisposition(name) });
}

/** What no file system takes is left out; programs that know ASCII only get the letters without their marks. */
export function pdfDisposition(name: string): string {
  const clean = [
    ...name
      .normalize('NFC')
      .replace(/[\p{C}\\/:*?"<>|\s]+/gu, ' ')
      .trim(),
  ]
    .slice(0, LONGEST_NAME)
    .join('');
  const ascii = clean
    .replace(/ə/g, 'e')
    .replace(/Ə/g, 'E')
    .replace(/ı/g, 'i')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.()-]+/g, '-');
  const encoded = encodeURIComponent(`${clean}.pdf`).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `inline; filename="${ascii}.pdf"; filename*=UTF-8''${encoded}`;
}
