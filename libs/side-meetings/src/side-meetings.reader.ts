import { Injectable } from '@nestjs/common';
import type { DatePrecision } from '#conferences';
import {
  type Actor,
  currentActor,
  Database,
  demandOne,
  listPage,
  type ListRequest,
  type ListSpec,
  type Page,
} from '#database';
import { RecordsReader, searchedBy, sectorsField, visibleSql } from '#records';
import { type ShownAbout, shownAboutSql } from '#tasks';
import type { ParticipantSide, Participation } from './participant.js';
import { SIDE_MEETING_STATUSES, type SideMeetingStatus } from './side-meeting-status.js';
import { meetingCalendar } from './side-meeting.ics.js';
import { SIDE_MEETING_KINDS, type SideMeetingKind, VISIBILITIES, type Visibility } from './side-meeting.entity.js';

export interface ParticipantRow {
  id: string;
  personId: string;
  fullName: string;
  organizationId: string | null;
  organization: string | null;
  side: ParticipantSide;
  role: string | null;
  participation: Participation;
}

export interface SideMeetingRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  title: string;
  kind: SideMeetingKind;
  status: SideMeetingStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string;
  datePrecision: DatePrecision | null;
  location: string | null;
  roomId: string | null;
  about: ShownAbout[];
  topics: string[];
  sectors: string[];
  visibility: Visibility;
  ownerIds: string[];
  summary: string | null;
  deal: ShownAbout | null;
  cancellationReason: string | null;
}

/** Names are the directory's of today. */
const PARTICIPANTS = `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'personId', x.person_id, 'fullName', p.full_name,
      'organizationId', x.organization_id, 'organization', o.name, 'side', x.side, 'role', x.role,
      'participation', x.participation) ORDER BY x.id), '[]')
   FROM side_meeting_participants x JOIN people p ON p.id = x.person_id LEFT JOIN organizations o ON o.id = x.organization_id
   WHERE x.meeting_id = m.id)`;

const idsOf = (column: string): string =>
  `(SELECT coalesce(array_agg(x.${column}::text), '{}') FROM side_meeting_participants x WHERE x.meeting_id = m.id)`;

export const sideMeetingsList: ListSpec<SideMeetingRow> = {
  from: 'side_meetings m JOIN records v ON v.id = m.id',
  id: 'm.id',
  select: {
    id: 'm.id',
    version: 'm.version',
    createdAt: 'm.created_at',
    updatedAt: 'm.updated_at',
    archivedAt: 'm.archived_at',
    title: 'm.title',
    kind: 'm.kind',
    status: 'm.status',
    startsAt: 'm.starts_at',
    endsAt: 'm.ends_at',
    timeZone: 'm.time_zone',
    datePrecision: 'm.date_precision',
    location: 'm.location',
    roomId: 'm.room_id',
    about: `'[]'::jsonb`,
    topics: 'm.topics',
    sectors: 'm.sectors',
    visibility: 'm.visibility',
    ownerIds: 'm.owner_ids::text[]',
    summary: 'm.summary',
    deal: 'NULL',
    cancellationReason: 'm.cancellation_reason',
  },
  fields: {
    title: { column: 'm.title', kind: 'text', sortable: true },
    kind: { column: 'm.kind', kind: 'enum', values: SIDE_MEETING_KINDS, sortable: true },
    status: { column: 'm.status', kind: 'enum', values: SIDE_MEETING_STATUSES, sortable: true },
    startsAt: { column: 'm.starts_at', kind: 'instant', sortable: true },
    endsAt: { column: 'm.ends_at', kind: 'instant', sortable: true },
    aboutId: {
      column: `(SELECT coalesce(array_agg(x.record_id::text), '{}') FROM side_meeting_abouts x WHERE x.meeting_id = m.id)`,
      kind: 'list',
    },
    personId: { column: idsOf('person_id'), kind: 'list' },
    organizationId: { column: idsOf('organization_id'), kind: 'list' },
    topics: { column: 'm.topics', kind: 'list' },
    sectors: sectorsField('m.sectors'),
    visibility: { column: 'm.visibility', kind: 'enum', values: VISIBILITIES },
    dealId: { column: 'm.deal_id', kind: 'uuid' },
    roomId: { column: 'm.room_id', kind: 'uuid' },
    createdAt: { column: 'm.created_at', kind: 'instant', sortable: true },
    updatedAt: { column: 'm.updated_at', kind: 'instant', sortable: true },
  },
  defaultSort: '-startsAt',
  search: searchedBy('m.id'),
  where: 'm.archived_at IS NULL',
  includes: { participants: PARTICIPANTS },
};

/** What a meeting is about depends on who asks. */
const listFor = (actor: Actor): ListSpec<SideMeetingRow> => ({
  ...sideMeetingsList,
  select: {
    ...sideMeetingsList.select,
    about: `(SELECT coalesce(jsonb_agg(${shownAboutSql('x.record_id', actor)} ORDER BY x.record_id), '[]')
             FROM side_meeting_abouts x WHERE x.meeting_id = m.id)`,
    deal: shownAboutSql('m.deal_id', actor),
  },
});

/** Answers about side meetings. Restricted ones exist for their owners and managers only. */
@Injectable()
export class SideMeetingsReader {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
  ) {}

  /** Those the caller may see; `include` may name participants. */
  list(request: ListRequest): Promise<Page<SideMeetingRow>> {
    const actor = currentActor();
    return listPage(this.database, listFor(actor), request, () => visibleSql('v', actor));
  }

  /** With its participants; archived ones are found too. Throws NotFound. */
  async get(id: string): Promise<SideMeetingRow & { participants: ParticipantRow[] }> {
    const actor = currentActor();
    const seen = visibleSql('v', actor);
    const row = await demandOne(this.database, listFor(actor), 'side meeting', id, ['participants'], seen);
    return row as SideMeetingRow & { participants: ParticipantRow[] };
  }

  /** As an iCalendar file (RFC 5545). Throws NotFound, NoExactTime. */
  async calendar(id: string): Promise<string> {
    const meeting = await this.get(id);
    const { sequence = 0, place = null } = (await this.records.find(id)) ?? {};
    return meetingCalendar({ ...meeting, sequence, place }, meeting.participants);
  }
}
