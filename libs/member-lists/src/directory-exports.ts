import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { Database, listPage, type ListRequest, type ListSpec } from '#database';
import { csvDownload, guardCell } from '#imports';
import {
  type MembershipExport,
  membershipLines,
  MEMBERSHIPS_HEADER,
  membershipsExport,
  type OrganizationExport,
  organizationLines,
  ORGANIZATIONS_HEADER,
  organizationsExport,
  type PersonExport,
  peopleExport,
  PEOPLE_HEADER,
  personLines,
} from './directory-export-rows.js';

/** Rows read at once. */
const CHUNK = 1_000;

/**
 * The directory as CSV files that spreadsheets open safely and imports take back: the headers are the names of import
 * fields. A chunk is read when the client has taken the one before, so memory stays constant and no connection waits
 * for a slow client; what changes meanwhile is in the file as it is when its chunk is read. Archived records are left out.
 */
@Injectable()
export class DirectoryExports {
  constructor(private readonly database: Database) {}

  /** One row per organization. Throws BadListRequest. */
  organizations(request: ListRequest): Promise<Readable> {
    return this.csv<OrganizationExport>(organizationsExport, request, ORGANIZATIONS_HEADER, organizationLines);
  }

  /** One row per person and title, the current preferred one first; who holds none has one row. Throws BadListRequest. */
  people(request: ListRequest): Promise<Readable> {
    return this.csv<PersonExport>(peopleExport, request, PEOPLE_HEADER, personLines);
  }

  /** One row per membership, cancelled ones too. Throws BadListRequest. */
  memberships(request: ListRequest): Promise<Readable> {
    return this.csv<MembershipExport>(membershipsExport, request, MEMBERSHIPS_HEADER, membershipLines);
  }

  /** The first chunk is read before anything is answered, so that a wrong request is still refused. */
  private async csv<Row extends object>(
    spec: ListSpec<Row>,
    request: ListRequest,
    header: readonly string[],
    toLines: (row: Row) => Cell[][],
  ): Promise<Readable> {
    const chunk = (cursor?: string) => listPage(this.database, spec, { ...request, limit: CHUNK, cursor });
    const first = await chunk();
    async function* lines(): AsyncGenerator<string[]> {
      yield [...header];
      for (let page = first; ; page = await chunk(page.page.nextCursor ?? undefined)) {
        for (const row of page.data) yield* toLines(row).map(safe);
        if (page.page.nextCursor === null) return;
      }
    }
    return csvDownload(lines());
  }
}

type Cell = string | null;

const safe = (cells: Cell[]): string[] => cells.map((cell) => guardCell(cell ?? ''));
