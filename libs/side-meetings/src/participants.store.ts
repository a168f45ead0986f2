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

/** Who takes part in a meeting, and where that is. */
export interface Attendance {
  /** Room and location, in words. */
  place: string | null;
  /** What travel is reckoned from: all rooms of a conference are at one venue. Null where nobody said. */
  venue: string | null;
  attendants: Attendant[];
}

/** A participant to be, of one of several meetings. */
type MeetingParticipant = ParticipantDraft & { meetingId: string };

/** Rows of `side_meeting_participants`, many at a time. Needs a transaction. */
@Injectable()
export class ParticipantsStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** `byAnswer`: they have accepted an invitation, and nobody had put them down. Answers the new rows' ids. */
  async add(participants: MeetingParticipant[], byAnswer = false): Promise<string[]> {
    const rows = participants.map((participant) => ({ id: v7(), ...participant }));
    await this.database.prepared(INSERT, [JSON.stringify(rows), byAnswer]);
    const changes = [...new Set(participants.map(({ meetingId }) => meetingId))].map((aboutId) => {
      const own = participants.filter(({ meetingId }) => meetingId === aboutId);
      const after = { participants: own.map(({ personId, side }) => ({ personId, side })) };
      return { action: 'participants_added', subjectType: 'side_meeting', aboutId, after };
    });
    await this.trail.record(...changes);
    return rows.map((row) => row.id);
  }

  /** Whose participation it is; undefined where the meeting has no such participant. */
  async personOf(meetingId: string, id: string): Promise<string | undefined> {
    const sql = 'SELECT person_id AS "personId" FROM side_meeting_participants WHERE meeting_id = $1 AND id = $2';
    return (await this.database.queryOne<{ personId: string }>(sql, [meetingId, id]))?.personId;
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
    return (await this.attendances([meetingId])).get(meetingId)?.attendants ?? [];
  }

  /** Those of several meetings, by the meetings' ids. */
  async attendances(meetingIds: string[]): Promise<Map<string, Attendance>> {
    const rows = await this.database.prepared<Attendance & { id: string }>(ATTENDANCES, [meetingIds]);
    return new Map(rows.map(({ id, ...attendance }) => [id, attendance]));
  }
}

/** Whoever said yes before being put down as a participant has said yes; a no is overruled by whoever puts them down. */
const INSERT = `
  INSERT INTO side_meeting_participants (id, meeting_id, person_id, organization_id, side, role, by_answer, participation)
  SELECT p.id, "meetingId", "personId", "organizationId", side, role, $2, coalesce(i.status, 'needs_action')
  FROM jsonb_to_recordset($1::jsonb)
    AS p (id uuid, "meetingId" uuid, "personId" uuid, "organizationId" uuid, side text, role text)
  LEFT JOIN invitations i ON i.about_id = "meetingId" AND i.person_id = p."personId" AND i.cancelled_at IS NULL
    AND i.status IN ('accepted', 'tentative')`;

const ANSWER = `
  WITH before AS (
    SELECT id, participation FROM side_meeting_participants
    WHERE meeting_id = $1 AND person_id = $2 AND participation <> $3 FOR UPDATE
  ), changed AS (
    UPDATE side_meeting_participants x SET participation = $3 FROM before WHERE x.id = before.id RETURNING x.id
  )
  SELECT participation FROM before JOIN changed USING (id)`;

const ATTENDANCES = `
  SELECT m.id, r.place, CASE WHEN c.venue IS NULL THEN coalesce(m.location, c.city) ELSE concat_ws(', ', c.venue, c.city) END AS venue, (
    SELECT coalesce(jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.full_name, 'email', p.email, 'locale', p.locale,
      'timeZone', p.time_zone, 'participation', x.participation) ORDER BY x.id), '[]')
    FROM side_meeting_participants x JOIN people p ON p.id = x.person_id WHERE x.meeting_id = m.id) AS attendants
  FROM side_meetings m JOIN records r ON r.id = m.id
  LEFT JOIN rooms o ON o.id = m.room_id LEFT JOIN conferences c ON c.id = o.conference_id
  WHERE m.id = ANY($1::uuid[])`;
