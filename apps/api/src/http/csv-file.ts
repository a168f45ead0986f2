import { StreamableFile } from '@nestjs/common';
import type { Readable } from 'node:stream';

/** A table to save under a name, which goes without `.csv`. */
export function csvFile(name: string, csv: Readable | Buffer): StreamableFile {
  const options = { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="${name}.csv"` };
  return Buffer.isBuffer(csv) ? new StreamableFile(csv, options) : new StreamableFile(csv, options);
}
