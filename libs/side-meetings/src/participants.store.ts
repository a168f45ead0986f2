import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { AuditTrail } from '#audit';
import { Database } from '#database';
import type { ParticipantDraft } from './participant.js';

/** Somebody who takes part, as far as the calendar and mails need to know. */
export interface Attendant {
  personId: string;
  name: string;
  email: string | null;
  locale: string | null;
  timeZone: string | null;
}

/** Rows of `side_meeting_participants`, many at a time. Needs a transaction. */
@Injectable()
export class ParticipantsStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** Answers the new rows' ids. */
  async add(meetingId: string, drafts: ParticipantDraft[]): Promise<string[]> {
    const rows = drafts.map((draft) => ({ id: v7(), ...draft }));
    await this.database.query(INSERT, [meetingId, JSON.stringify(rows)]);
    const participants = drafts.map(({ personId, side }) => ({ personId, side }));
    await this.trail.record({
      action: 'participants_added',
      subjectType: 'side_meeting',
      aboutId: meetingId,
      after: { participants },
    });
    return rows.map((row) => row.id);
  }

  /** False where the meeting has no such participant. */
  async remove(meetingId: string, id: string): Promise<boolean> {
    const removed = await this.database.query<{ participant: Record<string, unknown> }>(
      `WITH gone AS (DELETE FROM side_meeting_participants WHERE meeting_id = $1 AND id = $2 RETURNING person_id, side)
       SELECT jsonb_build_object('personId', person_id, 'side', side) AS participant FROM gone`,
      [meetingId, id],
    );
    if (removed.length === 0) return false;
    const before = { participants: removed.map((row) => row.participant) };
    await this.trail.record({ action: 'participant_removed', subjectType: 'side_meeting', aboutId: meetingId, before });
    return true;
  }

  async attendants(meetingId: string): Promise<Attendant[]> {
    return this.database.query<Attendant>(ATTENDANTS, [meetingId]);
  }
}

const INSERT = `
  INSERT INTO side_meeting_participants (id, meeting_id, person_id, organization_id, side, role)
  SELECT id, $1, "personId", "organizationId", side, role
  FROM jsonb_to_recordset($2::jsonb) AS p (id uuid, "personId" uuid, "organizationId" uuid, side text, role text)`;

const ATTENDANTS = `
  SELECT p.id AS "personId", p.full_name AS name, p.email, p.locale, p.time_zone AS "timeZone"
  FROM side_meeting_participants x JOIN people p ON p.id = x.person_id WHERE x.meeting_id = $1 ORDER BY x.id`;
