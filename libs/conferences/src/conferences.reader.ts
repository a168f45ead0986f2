import { Injectable } from '@nestjs/common';
import { Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { searchedBy } from '#records';
import { CONFERENCE_STATUSES, type ConferenceStatus } from './conference-status.js';
import { DATE_PRECISIONS, type DatePrecision } from './conference-time.js';

export interface ConferenceRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  name: string;
  occasion: string | null;
  status: ConferenceStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  datePrecision: DatePrecision | null;
  timeZone: string;
  venue: string | null;
  city: string | null;
  country: string | null;
  capacity: number | null;
  organizerId: string | null;
}

export const conferencesList: ListSpec<ConferenceRow> = {
  from: 'conferences c',
  id: 'c.id',
  select: {
    id: 'c.id',
    version: 'c.version',
    createdAt: 'c.created_at',
    updatedAt: 'c.updated_at',
    archivedAt: 'c.archived_at',
    name: 'c.name',
    occasion: 'c.occasion',
    status: 'c.status',
    startsAt: 'c.starts_at',
    endsAt: 'c.ends_at',
    datePrecision: 'c.date_precision',
    timeZone: 'c.time_zone',
    venue: 'c.venue',
    city: 'c.city',
    country: 'c.country',
    capacity: 'c.capacity',
    organizerId: 'c.organizer_id',
  },
  fields: {
    name: { column: 'c.name', kind: 'text', sortable: true },
    status: { column: 'c.status', kind: 'enum', values: CONFERENCE_STATUSES, sortable: true },
    startsAt: { column: 'c.starts_at', kind: 'instant', sortable: true },
    endsAt: { column: 'c.ends_at', kind: 'instant', sortable: true },
    datePrecision: { column: 'c.date_precision', kind: 'enum', values: DATE_PRECISIONS },
    city: { column: 'c.city', kind: 'text', sortable: true },
    country: { column: 'c.country', kind: 'text', sortable: true },
    organizerId: { column: 'c.organizer_id', kind: 'uuid' },
    createdAt: { column: 'c.created_at', kind: 'instant', sortable: true },
    updatedAt: { column: 'c.updated_at', kind: 'instant', sortable: true },
  },
  defaultSort: '-startsAt',
  search: searchedBy('c.id'),
  where: 'c.archived_at IS NULL',
  includes: {
    organizer: `(SELECT jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) FROM organizations o WHERE o.id = c.organizer_id)`,
  },
};

@Injectable()
export class ConferencesReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<ConferenceRow>> {
    return listPage(this.database, conferencesList, request);
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string, include: string[] = []): Promise<ConferenceRow> {
    return demandOne(this.database, conferencesList, 'conference', id, include);
  }
}
