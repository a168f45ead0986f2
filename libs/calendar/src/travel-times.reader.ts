import { Injectable } from '@nestjs/common';
import { Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';

export interface TravelTimeRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  fromPlace: string | null;
  toPlace: string | null;
  duration: string;
  enabled: boolean;
}

export const travelTimesList: ListSpec<TravelTimeRow> = {
  from: 'travel_times t',
  id: 't.id',
  select: {
    id: 't.id',
    version: 't.version',
    createdAt: 't.created_at',
    updatedAt: 't.updated_at',
    archivedAt: 't.archived_at',
    fromPlace: 't.from_place',
    toPlace: 't.to_place',
    duration: 't.duration',
    enabled: 't.enabled',
  },
  fields: {
    fromPlace: { column: 't.from_place', kind: 'text' },
    toPlace: { column: 't.to_place', kind: 'text' },
    enabled: { column: 't.enabled', kind: 'boolean' },
    createdAt: { column: 't.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'createdAt',
  where: 't.archived_at IS NULL',
};

@Injectable()
export class TravelTimesReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<TravelTimeRow>> {
    return listPage(this.database, travelTimesList, request);
  }

  /** Throws NotFound. */
  get(id: string): Promise<TravelTimeRow> {
    return demandOne(this.database, travelTimesList, 'travel time', id);
  }
}
