import { Injectable } from '@nestjs/common';
import { calendarText, toLocal } from '#calendar';
import { Database } from '#database';
import { type ConferenceRow, ConferencesReader } from './conferences.reader.js';
import type { SessionKind, SessionStatus } from './session.entity.js';
import { roomSql, speakersSql } from './sessions.reader.js';
import type { SpeakerRole, SpeakerStatus } from './speaker.entity.js';

export interface AgendaSpeaker {
  id: string;
  personId: string;
  name: string;
  role: SpeakerRole;
  order: number | null;
  billedTitle: string | null;
  status: SpeakerStatus;
}

export interface AgendaSession {
  id: string;
  /** How often its calendar entry has changed. */
  sequence: number;
  updatedAt: Date;
  title: string | null;
  /** The title, or the kind where there is none. */
  label: string;
  kind: SessionKind;
  status: SessionStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string;
  room: { id: string; name: string } | null;
  abstract: string | null;
  topics: string[];
  sectors: string[];
  speakers: AgendaSpeaker[];
  /** Room, venue and city. */
  place: string | null;
}

/** What begins on one day of the conference's zone. */
export interface AgendaDay {
  /** YYYY-MM-DD */
  date: string;
  sessions: AgendaSession[];
}

export interface Agenda {
  conference: ConferenceRow;
  days: AgendaDay[];
  /** Sessions whose time is not known. */
  unscheduled: AgendaSession[];
}

type TimedSession = AgendaSession & { startsAt: Date; endsAt: Date };

/** Answers the programme of a conference. */
@Injectable()
export class AgendaReader {
  constructor(
    private readonly database: Database,
    private readonly conferences: ConferencesReader,
  ) {}

  /** Without cancelled sessions. Throws NotFound. */
  async agenda(conferenceId: string): Promise<Agenda> {
    const conference = await this.conferences.get(conferenceId);
    const sessions = (await this.sessions(conferenceId)).filter(({ status }) => status === 'scheduled');
    return {
      conference,
      days: byDay(sessions.filter(isTimed)),
      unscheduled: sessions.filter((each) => !isTimed(each)),
    };
  }

  /** The agenda as an iCalendar file; cancelled sessions are in it as such, so that calendars drop them. Throws NotFound. */
  async calendar(conferenceId: string, shown: SpeakerStatus[] = ['invited', 'confirmed']): Promise<string> {
    const conference = await this.conferences.get(conferenceId);
    const sessions = (await this.sessions(conferenceId)).filter(isTimed);
    return calendarText({
      name: conference.name,
      method: 'PUBLISH',
      refreshAfter: 'PT1H',
      events: sessions.map((session) => calendarEvent(session, shown)),
    });
  }

  private sessions(conferenceId: string): Promise<AgendaSession[]> {
    return this.database.query<AgendaSession>(SESSIONS, [conferenceId]);
  }
}

const SESSIONS = `
  SELECT s.id, r.sequence, r.place, s.updated_at AS "updatedAt", s.title, coalesce(s.title, initcap(s.kind)) AS label, s.kind,
         s.status, s.starts_at AS "startsAt", s.ends_at AS "endsAt", c.time_zone AS "timeZone",
         ${roomSql('s.room_id')} AS room, s.abstract, s.topics, s.sectors, ${speakersSql('s.id')} AS speakers
  FROM conference_sessions s JOIN conferences c ON c.id = s.conference_id JOIN records r ON r.id = s.id
  WHERE s.conference_id = $1 AND s.archived_at IS NULL
  ORDER BY s.starts_at, s.ends_at, s.id`;

const isTimed = (session: AgendaSession): session is TimedSession =>
  session.startsAt !== null && session.endsAt !== null;

function byDay(sessions: TimedSession[]): AgendaDay[] {
  const days = new Map<string, AgendaSession[]>();
  for (const session of sessions) {
    const date = toLocal(session.startsAt, session.timeZone).slice(0, 10);
    days.set(date, [...(days.get(date) ?? []), session]);
  }
  return [...days].map(([date, ofDay]) => ({ date, sessions: ofDay }));
}

/** With the UID and SEQUENCE that the mails about the session have, so that a calendar shows it once. */
function calendarEvent(session: TimedSession, shown: SpeakerStatus[]) {
  const named = session.speakers.filter(({ status }) => shown.includes(status));
  const speakers = named.map(({ name, billedTitle }) => (billedTitle ? `${name}, ${billedTitle}` : name));
  return {
    id: session.id,
    sequence: session.sequence,
    changedAt: session.updatedAt,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    timeZone: session.timeZone,
    title: session.label,
    description: [session.abstract, ...speakers].filter((line) => line).join('\n'),
    location: session.place,
    categories: session.topics,
    status: session.status === 'cancelled' ? ('CANCELLED' as const) : ('CONFIRMED' as const),
  };
}
