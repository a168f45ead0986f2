import { Injectable } from '@nestjs/common';
import { currentActor, Database } from '#database';
import type { FaultList, FieldFault } from '#faults';
import { type RecordReference, RecordsReader } from '#records';
import type { MeetingDraft } from './meeting-draft.js';

/** What a meeting points at. */
export interface MeetingReferences {
  /** What the meeting is about: a conference, a mission, … */
  about?: RecordReference[];
  dealId?: string | null;
  roomId?: string | null;
}

/** Something named in a request, and where. */
type Named = RecordReference & { pointer: string };
type NamedRoom = { id: string; pointer: string };

/** Checks and keeps what meetings point at. */
@Injectable()
export class MeetingLinks {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
  ) {}

  async check({ about = [], dealId, roomId }: MeetingReferences, faults: FaultList): Promise<void> {
    const deal: Named[] = dealId ? [{ type: 'deal', id: dealId, pointer: '/dealId' }] : [];
    await this.demand([...aboutOf(about, '/about'), ...deal], faults);
    await this.demandRooms(roomId ? [{ id: roomId, pointer: '/roomId' }] : [], faults);
  }

  /** The same for meetings to be, with who takes part in them; pointers begin with the index of a draft. */
  async checkAll(drafts: MeetingDraft[], faults: FaultList): Promise<void> {
    const rooms = drafts.flatMap(({ roomId }, index) => (roomId ? [{ id: roomId, pointer: `/${index}/roomId` }] : []));
    await this.demandRooms(rooms, faults);
    await this.demand(
      drafts.flatMap((draft, index) => [
        ...aboutOf(draft.about, `/${index}/about`),
        ...draft.participants.flatMap((participant, at) => partiesOf(participant, `/${index}/participants/${at}`)),
      ]),
      faults,
    );
  }

  /** Says what new meetings are about. */
  async add(links: { meetingId: string; recordId: string }[]): Promise<void> {
    if (links.length > 0) await this.database.query(ADD, [JSON.stringify(links)]);
  }

  /** Makes these all that the meeting is about; true when that changed anything. */
  async replaceAbouts(meetingId: string, about: RecordReference[]): Promise<boolean> {
    const ids = [...new Set(about.map((reference) => reference.id))];
    const [change] = await this.database.query<{ changes: number }>(REPLACE, [meetingId, ids]);
    return (change?.changes ?? 0) > 0;
  }

  /**
   * Whoever renames or closes a room waits for the commit, and then finds the meetings in it. Rooms before meetings, as
   * they lock them. Needs a transaction.
   */
  async holdRooms(...ids: (string | null | undefined)[]): Promise<void> {
    const rooms = ids.filter((id) => id);
    if (rooms.length > 0) await this.database.query(HOLD_ROOMS, [rooms]);
  }

  private async demand(named: Named[], faults: FaultList): Promise<void> {
    if (named.length === 0) return;
    await faults.gather(() => this.records.demand(named, currentActor(), (index) => named[index]?.pointer ?? ''));
  }

  private async demandRooms(rooms: NamedRoom[], faults: FaultList): Promise<void> {
    if (rooms.length === 0) return;
    const open = await this.database.query<{ id: string }>(OPEN_ROOMS, [rooms.map(({ id }) => id)]);
    const known = new Set(open.map(({ id }) => id));
    faults.add(...rooms.filter(({ id }) => !known.has(id)).map(unknownRoom));
  }
}

const aboutOf = (about: RecordReference[], at: string): Named[] =>
  about.map(({ type, id }, index) => ({ type, id, pointer: `${at}/${index}` }));

const partiesOf = ({ personId, organizationId }: MeetingDraft['participants'][number], at: string): Named[] => [
  { type: 'person', id: personId, pointer: `${at}/personId` },
  ...(organizationId ? [{ type: 'organization' as const, id: organizationId, pointer: `${at}/organizationId` }] : []),
];

const unknownRoom = ({ id, pointer }: NamedRoom): FieldFault => ({
  pointer,
  code: 'unknown_room',
  message: `There is no room with id ${id}.`,
});

/** In one order, so that two who want the same rooms wait for each other in turn. */
const HOLD_ROOMS = 'SELECT FROM records WHERE id = ANY($1::uuid[]) ORDER BY id FOR SHARE';

const OPEN_ROOMS = `
  SELECT id FROM records WHERE id = ANY($1::uuid[]) AND type = 'room' AND archived_at IS NULL ORDER BY id FOR SHARE`;

const ADD = `
  INSERT INTO side_meeting_abouts (meeting_id, record_id)
  SELECT "meetingId", "recordId" FROM jsonb_to_recordset($1::jsonb) AS l ("meetingId" uuid, "recordId" uuid)
  ON CONFLICT DO NOTHING`;

const REPLACE = `
  WITH gone AS (DELETE FROM side_meeting_abouts WHERE meeting_id = $1 AND record_id <> ALL($2::uuid[]) RETURNING 1),
  added AS (INSERT INTO side_meeting_abouts (meeting_id, record_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT (SELECT count(*) FROM gone)::int + (SELECT count(*) FROM added)::int AS changes`;
