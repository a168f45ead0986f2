import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { EventGuest } from '#invitations';

/** Somebody who is reminded of a conference or a session. */
export interface Attendant {
  /** The conference or session. */
  aboutId: string;
  audience: 'registered' | 'speakers' | 'participants';
  personId: string;
  name: string;
  email: string | null;
  locale: string | null;
  timeZone: string | null;
}

/** Whom it is about, and what they have just answered where that is not written down yet. */
export interface Concerned {
  personIds: string[];
  answer?: string;
}

type GuestOf = EventGuest & { aboutId: string };

/** Who has to do with conferences and sessions; the same person may have in several ways. */
@Injectable()
export class ConferencePeople {
  constructor(private readonly database: Database) {}

  /**
   * Of a conference: who has a place, and who speaks in it. Of a session: who speaks, and who has accepted an invitation to
   * it. Those who have not said no to speaking count, as they do in the calendar. Everybody, or only those concerned.
   */
  attendants(aboutIds: string[], concerned?: Concerned): Promise<Attendant[]> {
    return this.database.query<Attendant>(ATTENDANTS, [
      aboutIds,
      concerned?.personIds ?? null,
      concerned?.answer ?? null,
    ]);
  }

  /** Who takes part in conferences, and who no longer does. */
  guestsOf(conferenceIds: string[]): Promise<GuestOf[]> {
    return this.database.query<GuestOf>(GUESTS, [conferenceIds]);
  }

  /** The same of sessions: their speakers. */
  speakersIn(sessionIds: string[]): Promise<GuestOf[]> {
    return this.database.query<GuestOf>(SPEAKERS, [sessionIds]);
  }

  /** Whoever stands in the programme of a session, whatever they have answered. */
  async speakersOf(sessionId: string): Promise<string[]> {
    const sql = 'SELECT DISTINCT person_id AS id FROM speakers WHERE session_id = $1 AND archived_at IS NULL';
    return (await this.database.query<{ id: string }>(sql, [sessionId])).map(({ id }) => id);
  }
}

const SPEAKING = `x.status IN ('invited', 'confirmed') AND x.archived_at IS NULL`;

const ATTENDANTS = `
  SELECT w.about AS "aboutId", w.audience, p.id AS "personId", p.full_name AS name, p.email, p.locale, p.time_zone AS "timeZone"
  FROM (
    SELECT x.conference_id AS about, x.person_id, 'registered' AS audience FROM registrations x
    WHERE x.conference_id = ANY($1::uuid[]) AND x.status IN ('confirmed', 'attended')
    UNION
    SELECT s.conference_id, x.person_id, 'speakers' FROM speakers x JOIN conference_sessions s ON s.id = x.session_id
    WHERE s.conference_id = ANY($1::uuid[]) AND s.status = 'scheduled' AND s.archived_at IS NULL AND ${SPEAKING}
    UNION
    SELECT x.session_id, x.person_id, 'speakers' FROM speakers x WHERE x.session_id = ANY($1::uuid[]) AND ${SPEAKING}
    UNION
    SELECT i.about_id, i.person_id, 'participants' FROM invitations i JOIN conference_sessions s ON s.id = i.about_id
    WHERE i.about_id = ANY($1::uuid[]) AND i.cancelled_at IS NULL AND coalesce($3, i.status) = 'accepted'
  ) w JOIN people p ON p.id = w.person_id
  WHERE p.archived_at IS NULL AND ($2::uuid[] IS NULL OR w.person_id = ANY($2))
  ORDER BY w.about, p.id, w.audience`;

const SPEAKERS = `
  SELECT x.session_id AS "aboutId", x.person_id AS "personId", bool_or(${SPEAKING}) AS "takesPart" FROM speakers x
  WHERE x.session_id = ANY($1::uuid[]) GROUP BY x.session_id, x.person_id`;

/** Whose session was called off with the whole conference was to come until then. */
const GUESTS = `
  SELECT g.about AS "aboutId", g.person_id AS "personId", bool_or(g.takes_part) AS "takesPart", NOT bool_or(g.has_place) AS "waits"
  FROM (
    SELECT x.conference_id AS about, x.person_id, x.status <> 'cancelled' AS takes_part, x.status IN ('confirmed', 'attended') AS has_place
    FROM registrations x WHERE x.conference_id = ANY($1::uuid[])
    UNION ALL
    SELECT s.conference_id, x.person_id, takes_part, takes_part FROM speakers x JOIN conference_sessions s ON s.id = x.session_id
      JOIN conferences c ON c.id = s.conference_id
      CROSS JOIN LATERAL (SELECT ${SPEAKING} AND (s.status = 'scheduled' OR c.status = 'cancelled')
        AND (s.archived_at IS NULL OR c.archived_at IS NOT NULL) AS takes_part) y
    WHERE s.conference_id = ANY($1::uuid[])
  ) g GROUP BY g.about, g.person_id`;
