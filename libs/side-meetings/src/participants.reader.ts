import { Injectable } from '@nestjs/common';
import { childrenOf, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { PARTICIPANT_SIDES, PARTICIPATIONS } from './participant.js';
import { RecordsReader, searchedBy } from '#records';
import type { ParticipantRow } from './side-meetings.reader.js';

export const participantsList: ListSpec<ParticipantRow> = {
  from: `side_meeting_participants x JOIN people p ON p.id = x.person_id LEFT JOIN organizations o ON o.id = x.organization_id`,
  id: 'x.id',
  select: {
    id: 'x.id',
    personId: 'x.person_id',
    fullName: 'p.full_name',
    organizationId: 'x.organization_id',
    organization: 'o.name',
    side: 'x.side',
    role: 'x.role',
    participation: 'x.participation',
  },
  fields: {
    fullName: { column: 'p.full_name', kind: 'text', sortable: true },
    personId: { column: 'x.person_id', kind: 'uuid' },
    organizationId: { column: 'x.organization_id', kind: 'uuid' },
    side: { column: 'x.side', kind: 'enum', values: PARTICIPANT_SIDES, sortable: true },
    participation: { column: 'x.participation', kind: 'enum', values: PARTICIPATIONS, sortable: true },
  },
  defaultSort: 'fullName',
  search: searchedBy('x.person_id'),
};

/** Who takes part in one meeting. */
@Injectable()
export class ParticipantsReader {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
  ) {}

  /** Throws NotFound where the meeting is not for the caller's eyes. */
  async listOf(meetingId: string, request: ListRequest): Promise<Page<ParticipantRow>> {
    await this.records.demandVisible('side_meeting', meetingId);
    return listPage(this.database, participantsList, request, childrenOf('x.meeting_id', meetingId));
  }

  /** Throws NotFound. */
  get(id: string): Promise<ParticipantRow> {
    return demandOne(this.database, participantsList, 'participant', id);
  }
}
