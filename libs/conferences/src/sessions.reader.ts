import { Injectable } from '@nestjs/common';
import { childrenOf, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { searchedBy, sectorsField } from '#records';
import { ConferencesReader } from './conferences.reader.js';
import { SESSION_KINDS, SESSION_STATUSES, type SessionKind, type SessionStatus } from './session.entity.js';

export interface SessionRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  conferenceId: string;
  title: string | null;
  kind: SessionKind;
  status: SessionStatus;
  roomId: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  /** Of the conference. */
  timeZone: string;
  capacity: number | null;
  abstract: string | null;
  topics: string[];
  sectors: string[];
}

/** Speakers of a session in order of precedence, those who said no left out; for other select lists. */
export const speakersSql = (sessionId: string): string => `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'personId', x.person_id, 'name', p.full_name, 'role', x.role,
      'order', x."order", 'billedTitle', x.billed_title, 'status', x.status) ORDER BY x."order" NULLS LAST, x.id), '[]')
   FROM speakers x JOIN people p ON p.id = x.person_id
   WHERE x.session_id = ${sessionId} AND x.archived_at IS NULL AND x.status IN ('invited', 'confirmed'))`;

export const roomSql = (roomId: string): string =>
  `(SELECT jsonb_build_object('id', r.id, 'name', r.name) FROM rooms r WHERE r.id = ${roomId})`;

export const sessionsList: ListSpec<SessionRow> = {
  from: 'conference_sessions s JOIN conferences c ON c.id = s.conference_id',
  id: 's.id',
  select: {
    id: 's.id',
    version: 's.version',
    createdAt: 's.created_at',
    updatedAt: 's.updated_at',
    archivedAt: 's.archived_at',
    conferenceId: 's.conference_id',
    title: 's.title',
    kind: 's.kind',
    status: 's.status',
    roomId: 's.room_id',
    startsAt: 's.starts_at',
    endsAt: 's.ends_at',
    timeZone: 'c.time_zone',
    capacity: 's.capacity',
    abstract: 's.abstract',
    topics: 's.topics',
    sectors: 's.sectors',
  },
  fields: {
    conferenceId: { column: 's.conference_id', kind: 'uuid' },
    title: { column: 's.title', kind: 'text', sortable: true },
    kind: { column: 's.kind', kind: 'enum', values: SESSION_KINDS, sortable: true },
    status: { column: 's.status', kind: 'enum', values: SESSION_STATUSES, sortable: true },
    roomId: { column: 's.room_id', kind: 'uuid' },
    startsAt: { column: 's.starts_at', kind: 'instant', sortable: true },
    endsAt: { column: 's.ends_at', kind: 'instant', sortable: true },
    topics: { column: 's.topics', kind: 'list' },
    sectors: sectorsField('s.sectors'),
    createdAt: { column: 's.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'startsAt',
  search: searchedBy('s.id'),
  where: 's.archived_at IS NULL',
  includes: { room: roomSql('s.room_id'), speakers: speakersSql('s.id') },
};

@Injectable()
export class SessionsReader {
  constructor(
    private readonly database: Database,
    private readonly conferences: ConferencesReader,
  ) {}

  /** Sessions of one conference. Throws NotFound when there is no such conference. */
  async listOf(conferenceId: string, request: ListRequest): Promise<Page<SessionRow>> {
    await this.conferences.get(conferenceId);
    return listPage(this.database, sessionsList, request, childrenOf('s.conference_id', conferenceId));
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string, include: string[] = []): Promise<SessionRow> {
    return demandOne(this.database, sessionsList, 'session', id, include);
  }
}
