import type { Readable } from 'node:stream';
import type { Attendance } from '#conferences';
import { csvDownload, guardCell } from '#imports';
import { instant } from '../http/format.js';

const HEADER = ['Name', 'Organization', 'Title', 'Kind', 'Status', 'Checked in at'];

/** Who has a place and when they came, for the door and for afterwards; the instant is in UTC. */
export function attendanceCsv(rows: Attendance[]): Readable {
  async function* lines(): AsyncGenerator<string[]> {
    yield HEADER;
    for (const row of rows) yield cellsOf(row).map((cell) => guardCell(cell ?? ''));
  }
  return csvDownload(lines());
}

const cellsOf = (row: Attendance): (string | null)[] => [
  row.personName,
  row.organizationName,
  row.title,
  row.kind,
  row.status,
  instant(row.checkedInAt),
];
