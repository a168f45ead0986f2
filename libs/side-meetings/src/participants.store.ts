import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { AuditTrail } from '#audit';
import { Database } from '#database';
import type { ParticipantDraft, Participation } from './participant.js';

/** Somebody who takes part, as far as the calendar and mails need to know. */
export interface Attendant {
  personId: string;
  name: string;
  email: string | null;
  locale: string | null;
  timeZone: string | null;
  participation: Participation;
}

/** Rows of `side_meeting_participants`, many at a time. Needs a transaction. */
@Injectable()
export class ParticipantsStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** `byAnswer`: they have accepted an invitation, and nobody had put them down. Answers the new rows' ids. */
  async add(meetingId: string, drafts: ParticipantDraft[], byAnswer = false): Promise<string[]> {
    const rows = drafts.map((draft) => ({ id: v7(), ...draft }));
    await this.database.query(INSERT, [meetingId, JSON.stringify(rows), byAnswer]);
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

  /** Whoever takes part by an answer alone, with their invitation; undefined for others. */
  async byAnswer(meetingId: string, personId: string): Promise<string | undefined> {
    const sql = 'SELECT id FROM side_meeting_participants WHERE meeting_id = $1 AND person_id = $2 AND by_answer';
    return (await this.database.queryOne<{ id: string }>(sql, [meetingId, personId]))?.id;
  }

  /** Keeps what a participant has answered. False where that is nothing new, or the person takes no part. */
  async answer(meetingId: string, personId: string, participation: Participation): Promise<boolean> {
    const [before] = await this.database.query<{ participation: Participation }>(ANSWER, [
      meetingId,
      personId,
      participation,
    ]);
    if (!before) return false;
    await this.trail.record({
      action: 'participant_answered',
      subjectType: 'side_meeting',
      aboutId: meetingId,
      before: { personId, ...before },
      after: { personId, participation },
    });
    return true;
  }

  async attendants(meetingId: string): Promise<Attendant[]> {
    return this.database.query<Attendant>(ATTENDANTS, [meetingId]);
  }
}

/** Whoever said yes before being put down as a participant has said yes; a no is overruled by whoever puts them down. */
const INSERT = `
  INSERT INTO side_meeting_participants (id, meeting_id, person_id, organization_id, side, role, by_answer, participation)
  SELECT p.id, $1, "personId", "organizationId", side, role, $3, coalesce(i.status, 'needs_action')
  FROM jsonb_to_recordset($2::jsonb) AS p (id uuid, "personId" uuid, "organizationId" uuid, side text, role text)
  LEFT JOIN invitations i ON i.about_id = $1 AND i.person_id = p."personId" AND i.cancelled_at IS NULL
    AND i.status IN ('accepted', 'tentative')`;

const ANSWER = `
  WITH before AS (
    SELECT id, participation FROM side_meeting_participants
    WHERE meeting_id = $1 AND person_id = $2 AND participation <> $3 FOR UPDATE
  ), changed AS (
    UPDATE side_meeting_participants x SET participation = $3 FROM before WHERE x.id = before.id RETURNING x.id
  )
  SELECT participation FROM before JOIN changed USING (id)`;

const ATTENDANTS = `
  SELECT p.id AS "personId", p.full_name AS name, p.email, p.locale, p.time_zone AS "timeZone", x.participation
  FROM side_meeting_participants x JOIN people p ON p.id = x.person_id WHERE x.meeting_id = $1 ORDER BY x.id`;
