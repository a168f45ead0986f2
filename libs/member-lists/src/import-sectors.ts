import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { SectorsService } from '#records';
import type { PlannedRow } from './import-subject.js';
import type { MemberRow } from './member-row.js';

/** Sectors in a file: codes, or labels in any language; words that nobody knows yet are added when the rows are. */
@Injectable()
export class ImportSectors {
  constructor(
    private readonly database: Database,
    private readonly sectors: SectorsService,
  ) {}

  /** Puts codes in the place of labels, so that a row is compared with what is stored; one query for the batch. */
  async translate(rows: MemberRow[]): Promise<void> {
    const lists = rows.map((row) => ({ row, texts: (row.organization?.sectors ?? []) as string[] }));
    const said = lists.filter(({ texts }) => texts.length > 0);
    if (said.length === 0) return;
    const codes = await this.sectors.lookUp(said.flatMap(({ texts }) => texts));
    for (const { row, texts } of said)
      Object.assign(row.organization ?? {}, { sectors: [...new Set(texts.map((text) => codes.get(text) ?? text))] });
  }

  /** Adds what the rows of a batch brought along. */
  async note(planned: PlannedRow[]): Promise<void> {
    const said = planned.flatMap(({ plan }) => (plan.organization?.after.sectors ?? []) as string[]);
    if (said.length === 0) return;
    const rows = await this.database.query<{ code: string }>(UNKNOWN, [[...new Set(said)]]);
    await this.sectors.note(rows.map(({ code }) => code));
  }
}

const UNKNOWN = `
  SELECT s.code FROM unnest($1::text[]) s (code) WHERE NOT EXISTS (SELECT FROM sectors k WHERE k.code = s.code)`;
