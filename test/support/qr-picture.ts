import { inflateSync } from 'node:zlib';
import { create } from 'qrcode';

/** White modules around the code that a scanner needs (ISO/IEC 18004 §9.1). */
const QUIET_ZONE = 4;
/** Bytes of a pixel: red, green, blue, alpha. */
const PIXEL = 4;

/**
 * The dark modules of a QR code in a PNG of 8-bit RGBA, row by row, as 0 and 1. Throws where the picture is of another
 * kind, or the quiet zone is not white.
 */
export function modulesOf(png: Buffer, modules: number): string {
  const { width, height, rows } = pixels(png);
  const scale = width / (modules + 2 * QUIET_ZONE);
  if (width !== height || !Number.isInteger(scale)) throw new Error(`${width} × ${height} is not a code of ${modules}`);
  const isDark = (x: number, y: number): boolean =>
    (rows[Math.floor((y + 0.5) * scale)]?.[Math.floor((x + 0.5) * scale) * PIXEL] ?? 255) < 128;
  const whole = Array.from({ length: modules + 2 * QUIET_ZONE }, (_, y) =>
    Array.from({ length: modules + 2 * QUIET_ZONE }, (_, x) => (isDark(x, y) ? '1' : '0')).join(''),
  );
  const inner = whole.slice(QUIET_ZONE, -QUIET_ZONE).map((row) => row.slice(QUIET_ZONE, -QUIET_ZONE));
  const dark = (lines: string[]): number => lines.join('').replaceAll('0', '').length;
  if (dark(whole) !== dark(inner)) throw new Error('There is something in the quiet zone.');
  return inner.join('\n');
}

/** What a picture of this code must look like. */
export function modulesFor(code: string): { modules: number; rows: string } {
  const { size, data } = create(code, { errorCorrectionLevel: 'Q' }).modules;
  const bits = [...data].map((bit) => (bit ? '1' : '0')).join('');
  const rows = Array.from({ length: size }, (_, y) => bits.slice(y * size, (y + 1) * size));
  return { modules: size, rows: rows.join('\n') };
}

function pixels(png: Buffer): { width: number; height: number; rows: Buffer[] } {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (!header || header[8] !== 8 || header[9] !== 6 || header[12] !== 0) throw new Error('Not an 8-bit RGBA PNG.');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const raw = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const stride = width * PIXEL;
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y += 1) {
    const line = raw.subarray(y * (stride + 1), (y + 1) * (stride + 1));
    rows.push(unfiltered(line[0] ?? 0, line.subarray(1), rows.at(-1) ?? Buffer.alloc(stride)));
  }
  return { width, height, rows };
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** PNG §9.2: each byte is told as its difference from what the neighbours suggest. */
function unfiltered(filter: number, line: Buffer, above: Buffer): Buffer {
  const out = Buffer.alloc(line.length);
  for (let i = 0; i < line.length; i += 1) {
    const [a, b, c] = [out[i - PIXEL] ?? 0, above[i] ?? 0, above[i - PIXEL] ?? 0];
    const guess = [0, a, b, (a + b) >> 1, paeth(a, b, c)][filter] ?? 0;
    out[i] = ((line[i] ?? 0) + guess) & 255;
  }
  return out;
}

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}
