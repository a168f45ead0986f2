import { Injectable } from '@nestjs/common';
import type { DatePrecision } from '#conferences';
import {
  type Actor,
  childrenOf,
  currentActor,
  Database,
  demandOne,
  listPage,
  type ListRequest,
  type ListSpec,
  type Page,
  SYSTEM,
} from '#database';
import { RECORD_TYPES, visibleSql } from '#records';
import { type ShownAbout, shownAboutSql } from '#tasks';
import { DealsReader } from './deals.reader.js';
import { TOUCHPOINT_EFFECTS, type TouchpointEffect } from './touchpoint.entity.js';
import { TOUCHPOINTS } from './touchpoint.sql.js';

export interface TouchpointRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  dealId: string;
  about: ShownAbout;
  effect: TouchpointEffect;
  /** null where the reader may not know of the record. */
  at: Date | null;
  datePrecision: DatePrecision | null;
  /** Zone of the record's place. */
  timeZone: string | null;
  /** null where the reader may not know of the record. */
  note: string | null;
  /** A side meeting with this deal: nobody wrote the touchpoint down. */
  implicit: boolean;
}

/** Of a record that the reader may not know of, nothing is told but its type, and a meeting that is a touchpoint by itself is not there. */
function listFor(actor: Actor): ListSpec<TouchpointRow> {
  const visible = visibleSql('x', actor);
  const ifVisible = (column: string): string => `(CASE WHEN ${visible} THEN ${column} END)`;
  return {
    from: `${TOUCHPOINTS} x`,
    id: 'x.id',
    select: {
      id: 'x.id',
      version: 'x.version',
      createdAt: 'x.created_at',
      updatedAt: 'x.updated_at',
      archivedAt: 'x.archived_at',
      dealId: 'x.deal_id',
      about: shownAboutSql('x.about_id', actor),
      effect: 'x.effect',
      at: ifVisible('x.at'),
      datePrecision: ifVisible('x.date_precision'),
      timeZone: ifVisible('x.time_zone'),
      note: ifVisible('x.note'),
      implicit: 'x.implicit',
    },
    fields: {
      effect: { column: 'x.effect', kind: 'enum', values: TOUCHPOINT_EFFECTS, sortable: true },
      aboutId: { column: ifVisible('x.about_id'), kind: 'uuid' },
      aboutType: { column: 'x.type', kind: 'enum', values: RECORD_TYPES },
      implicit: { column: 'x.implicit', kind: 'boolean' },
      at: { column: ifVisible('x.at'), kind: 'instant', sortable: true },
      createdAt: { column: 'x.created_at', kind: 'instant', sortable: true },
    },
    defaultSort: 'at',
    where: `x.archived_at IS NULL AND (NOT x.implicit OR ${visible})`,
  };
}

export const touchpointsList = listFor(SYSTEM);

/** What touched deals. */
@Injectable()
export class TouchpointsReader {
  constructor(
    private readonly database: Database,
    private readonly deals: DealsReader,
  ) {}

  /** Touchpoints of one deal, the earliest first. Throws NotFound when there is no such deal. */
  async listOf(dealId: string, request: ListRequest): Promise<Page<TouchpointRow>> {
    await this.deals.get(dealId);
    return listPage(this.database, listFor(currentActor()), request, childrenOf('x.deal_id', dealId));
  }

  /** One that was written down; archived ones are found too. Throws NotFound. */
  get(id: string): Promise<TouchpointRow> {
    return demandOne(this.database, listFor(currentActor()), 'touchpoint', id, [], 'NOT x.implicit');
  }
}
