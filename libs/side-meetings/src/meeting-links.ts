import { Injectable } from '@nestjs/common';
import { currentActor, Database } from '#database';
import { type FaultList, Invalid } from '#faults';
import { type RecordReference, RecordsReader } from '#records';

/** What a meeting points at. */
export interface MeetingReferences {
  /** What the meeting is about: a conference, a mission, … */
  about?: RecordReference[];
  dealId?: string | null;
  roomId?: string | null;
}

/** Checks and keeps what meetings point at. */
@Injectable()
export class MeetingLinks {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
  ) {}

  async check({ about = [], dealId, roomId }: MeetingReferences, faults: FaultList): Promise<void> {
    const named = [
      ...about.map((reference, index) => ({ ...reference, pointer: `/about/${index}` })),
      ...(dealId ? [{ type: 'deal' as const, id: dealId, pointer: '/dealId' }] : []),
    ];
    if (named.length > 0)
      await faults.gather(() => this.records.demand(named, currentActor(), (index) => named[index]?.pointer ?? ''));
    if (roomId) await faults.gather(() => this.demandRoom(roomId));
  }

  /** Makes these all that the meeting is about; true when that changed anything. */
  async replaceAbouts(meetingId: string, about: RecordReference[]): Promise<boolean> {
    const ids = [...new Set(about.map((reference) => reference.id))];
    const [change] = await this.database.query<{ changes: number }>(REPLACE, [meetingId, ids]);
    return (change?.changes ?? 0) > 0;
  }

  /**
   * Whoever renames or closes the room waits for the commit, and then finds the meeting in it. Room before meeting, as they
   * lock them. Needs a transaction.
   */
  async holdRoom(roomId: string | null | undefined): Promise<void> {
    if (roomId) await this.database.query('SELECT FROM records WHERE id = $1 FOR SHARE', [roomId]);
  }

  private async demandRoom(roomId: string): Promise<void> {
    await this.holdRoom(roomId);
    const room = await this.records.find(roomId);
    if (room?.type !== 'room' || room.archivedAt)
      throw Invalid.field('/roomId', 'unknown_room', `There is no room with id ${roomId}.`);
  }
}

const REPLACE = `
  WITH gone AS (DELETE FROM side_meeting_abouts WHERE meeting_id = $1 AND record_id <> ALL($2::uuid[]) RETURNING 1),
  added AS (INSERT INTO side_meeting_abouts (meeting_id, record_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT (SELECT count(*) FROM gone)::int + (SELECT count(*) FROM added)::int AS changes`;
