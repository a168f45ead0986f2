import { Injectable } from '@nestjs/common';
import { currentActor, Database } from '#database';
import { NotFound } from '#faults';
import { visibleSql } from '#records';
import { DelegatesReader } from './delegates.reader.js';
import { takingPartSql } from './itinerary.reader.js';
import { type CalendarEntry, itineraryCalendar } from './itinerary.ics.js';
import { TradeMissionsReader } from './trade-missions.reader.js';

/** Itineraries for calendar programs (RFC 5545); those of a mission that was called off stay in them as such. */
@Injectable()
export class ItineraryCalendarsReader {
  constructor(
    private readonly database: Database,
    private readonly missions: TradeMissionsReader,
    private readonly delegates: DelegatesReader,
  ) {}

  /** Every item of a mission, with who takes part. Throws NotFound. */
  async ofMission(missionId: string): Promise<string> {
    const { name } = await this.missions.get(missionId);
    return itineraryCalendar(name, await this.database.query<CalendarEntry>(ITEMS, [missionId, null]));
  }

  /**
   * What one delegate does: their items, and the meetings about the mission that they take part in, as far as the caller may
   * know of these. Throws NotFound.
   */
  async ofDelegate(delegateId: string): Promise<string> {
    const { missionId, personId, fullName, archivedAt } = await this.delegates.get(delegateId);
    if (archivedAt) throw new NotFound('delegate', delegateId);
    const { name } = await this.missions.get(missionId);
    const items = await this.database.query<CalendarEntry>(ITEMS, [missionId, delegateId]);
    const meetings = await this.database.query<CalendarEntry>(meetingsSql(), [missionId, personId]);
    const entries = [...items, ...meetings].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    return itineraryCalendar(`${name} – ${fullName}`, entries);
  }
}

const CALLED_OFF = `m.status = 'cancelled' OR m.archived_at IS NOT NULL`;

/** Of all delegates, or of one. */
const ITEMS = `
  SELECT i.id, r.sequence, greatest(i.updated_at, m.updated_at) AS "updatedAt", i.title, i.starts_at AS "startsAt", i.ends_at AS "endsAt",
    i.time_zone AS "timeZone", r.place, i.kind, o.name AS host, i.notes,
    CASE WHEN $2::uuid IS NULL THEN ARRAY(
      SELECT p.full_name FROM delegates d JOIN people p ON p.id = d.person_id WHERE ${takingPartSql('d', 'i')}
      ORDER BY p.full_name, d.id) ELSE '{}' END AS people,
    CASE WHEN ${CALLED_OFF} THEN 'CANCELLED' ELSE 'CONFIRMED' END AS status
  FROM itinerary_items i JOIN trade_missions m ON m.id = i.mission_id JOIN records r ON r.id = i.id
    LEFT JOIN mission_hosts h ON h.id = i.host_id LEFT JOIN organizations o ON o.id = h.organization_id
  WHERE i.mission_id = $1 AND i.archived_at IS NULL
    AND ($2 IS NULL OR EXISTS (SELECT FROM delegates d WHERE d.id = $2 AND ${takingPartSql('d', 'i')}))
  ORDER BY i.starts_at, i.ends_at, i.id`;

/** Those whose time is known to the minute; what nobody came to did not take place. */
const meetingsSql = (): string => `
  SELECT s.id, v.sequence, s.updated_at AS "updatedAt", s.title, s.starts_at AS "startsAt", s.ends_at AS "endsAt",
    s.time_zone AS "timeZone", v.place, NULL AS kind, NULL AS host, NULL AS notes, '{}'::text[] AS people,
    CASE WHEN s.status IN ('cancelled', 'no_show') THEN 'CANCELLED' WHEN s.status = 'requested' THEN 'TENTATIVE'
      ELSE 'CONFIRMED' END AS status
  FROM side_meeting_abouts a JOIN side_meetings s ON s.id = a.meeting_id JOIN records v ON v.id = s.id
    JOIN side_meeting_participants x ON x.meeting_id = s.id
  WHERE a.record_id = $1 AND x.person_id = $2 AND x.participation <> 'declined' AND s.archived_at IS NULL
    AND s.starts_at IS NOT NULL AND s.ends_at IS NOT NULL AND s.date_precision IS NULL
    AND ${visibleSql('v', currentActor())}
  ORDER BY s.starts_at, s.id`;
