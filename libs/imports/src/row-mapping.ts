import type { ImportField, MappedRow, RowProblem } from './import-target.js';
import { unguardCell } from './spreadsheet-cell.js';

export interface StagedRow {
  rowNumber: number;
  cells: string[];
}

/** C0 but for tab and line breaks, DEL, and C1. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;
const LOST = '\ufffd';

/** Turns the cells of rows into clean texts by field, and says what is wrong with the cells themselves. */
export class RowMapper {
  private readonly multiline: Set<string>;

  constructor(
    /** Names of the columns. */
    private readonly header: string[],
    private readonly columns: (string | null)[],
    fields: readonly ImportField[],
  ) {
    this.multiline = new Set(fields.filter((field) => field.multiline).map((field) => field.name));
  }

  map({ rowNumber, cells }: StagedRow): MappedRow {
    const problems = this.ragged(cells);
    const texts: Record<string, string> = {};
    for (const [i, field] of this.columns.entries()) {
      const cell = cells[i];
      if (field === null || cell === undefined) continue;
      const text = this.clean(cell, field);
      if (text === '') continue;
      texts[field] = text;
      problems.push(...damage(text, this.header[i] ?? ''));
    }
    return { rowNumber, texts, problems };
  }

  /** Spaces around and doubled ones inside say nothing, nor does the apostrophe of an export; letters are composed (Unicode NFC). */
  private clean(cell: string, field: string): string {
    const text = unguardCell(cell).normalize('NFC').trim();
    if (this.multiline.has(field)) return text.replace(/\r\n?/g, '\n');
    return /\s\s|[\t\n\r\u00a0]/.test(text) ? text.replace(/\s+/g, ' ') : text;
  }

  /** Empty cells at the end too many are harmless; anything else means that columns have shifted. */
  private ragged(cells: string[]): RowProblem[] {
    const wanted = this.header.length;
    if (cells.length === wanted) return [];
    if (cells.length > wanted && cells.slice(wanted).every((cell) => cell.trim() === '')) return [];
    const message = `The row has ${cells.length} cells, the header ${wanted}; columns may have shifted.`;
    return [{ column: null, code: 'ragged_row', message }];
  }
}

function damage(text: string, column: string): RowProblem[] {
  if (text.includes(LOST)) {
    return [{ column, code: 'lost_characters', message: `"${text}" lost letters before this file was made (U+FFFD).` }];
  }
  const control = CONTROL.exec(text)?.[0];
  if (control === undefined) return [];
  const name = `U+${(control.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return [{ column, code: 'control_character', message: `The cell holds a control character (${name}).` }];
}
