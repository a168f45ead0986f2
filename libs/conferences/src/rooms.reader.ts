import { Injectable } from '@nestjs/common';
import { childrenOf, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { searchedBy } from '#records';
import { ConferencesReader } from './conferences.reader.js';

export interface RoomRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  conferenceId: string;
  name: string;
  capacity: number | null;
}

export const roomsList: ListSpec<RoomRow> = {
  from: 'rooms r',
  id: 'r.id',
  select: {
    id: 'r.id',
    version: 'r.version',
    createdAt: 'r.created_at',
    updatedAt: 'r.updated_at',
    archivedAt: 'r.archived_at',
    conferenceId: 'r.conference_id',
    name: 'r.name',
    capacity: 'r.capacity',
  },
  fields: {
    conferenceId: { column: 'r.conference_id', kind: 'uuid' },
    name: { column: 'r.name', kind: 'text', sortable: true },
    capacity: { column: 'r.capacity', kind: 'integer', sortable: true },
    createdAt: { column: 'r.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'name',
  search: searchedBy('r.id'),
  where: 'r.archived_at IS NULL',
};

@Injectable()
export class RoomsReader {
  constructor(
    private readonly database: Database,
    private readonly conferences: ConferencesReader,
  ) {}

  /** Rooms of one conference. Throws NotFound when there is no such conference. */
  async listOf(conferenceId: string, request: ListRequest): Promise<Page<RoomRow>> {
    await this.conferences.get(conferenceId);
    return listPage(this.database, roomsList, request, childrenOf('r.conference_id', conferenceId));
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string): Promise<RoomRow> {
    return demandOne(this.database, roomsList, 'room', id);
  }
}
