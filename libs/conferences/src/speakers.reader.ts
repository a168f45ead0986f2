import { Injectable } from '@nestjs/common';
import { childrenOf, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { SessionsReader } from './sessions.reader.js';
import { SPEAKER_ROLES, SPEAKER_STATUSES, type SpeakerRole, type SpeakerStatus } from './speaker.entity.js';

export interface SpeakerRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  sessionId: string;
  personId: string;
  personName: string;
  role: SpeakerRole;
  order: number | null;
  billedTitle: string | null;
  status: SpeakerStatus;
}

export const speakersList: ListSpec<SpeakerRow> = {
  from: 'speakers x JOIN people p ON p.id = x.person_id',
  id: 'x.id',
  select: {
    id: 'x.id',
    version: 'x.version',
    createdAt: 'x.created_at',
    updatedAt: 'x.updated_at',
    archivedAt: 'x.archived_at',
    sessionId: 'x.session_id',
    personId: 'x.person_id',
    personName: 'p.full_name',
    role: 'x.role',
    order: 'x."order"',
    billedTitle: 'x.billed_title',
    status: 'x.status',
  },
  fields: {
    sessionId: { column: 'x.session_id', kind: 'uuid' },
    personId: { column: 'x.person_id', kind: 'uuid' },
    role: { column: 'x.role', kind: 'enum', values: SPEAKER_ROLES, sortable: true },
    status: { column: 'x.status', kind: 'enum', values: SPEAKER_STATUSES, sortable: true },
    order: { column: 'x."order"', kind: 'integer', sortable: true },
    createdAt: { column: 'x.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'order',
  where: 'x.archived_at IS NULL',
};

@Injectable()
export class SpeakersReader {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsReader,
  ) {}

  /** Speakers of one session in order of precedence. Throws NotFound when there is no such session. */
  async listOf(sessionId: string, request: ListRequest): Promise<Page<SpeakerRow>> {
    await this.sessions.get(sessionId);
    return listPage(this.database, speakersList, request, childrenOf('x.session_id', sessionId));
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string): Promise<SpeakerRow> {
    return demandOne(this.database, speakersList, 'speaker', id);
  }
}
