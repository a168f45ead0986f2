import type { Agenda, AgendaSession, SessionRow, SpeakerRow } from '#conferences';
import { presentEventTime } from '../calendar/event-time.presenter.js';
import { stamps } from '../http/format.js';
import type { AgendaDto, AgendaSessionDto } from './agenda.dto.js';
import { presentConference } from './conference.presenter.js';
import type { SessionDto, SpeakerDto } from './session.dto.js';

export const presentSession = (row: SessionRow & { room?: object | null; speakers?: object[] }): SessionDto => ({
  ...stamps(row),
  conferenceId: row.conferenceId,
  title: row.title,
  kind: row.kind,
  status: row.status,
  roomId: row.roomId,
  ...presentEventTime(row),
  capacity: row.capacity,
  abstract: row.abstract,
  topics: row.topics,
  sectors: row.sectors,
  ...(row.room !== undefined && { room: row.room }),
  ...(row.speakers && { speakers: row.speakers }),
});

export const presentSpeaker = (row: SpeakerRow): SpeakerDto => ({
  ...stamps(row),
  sessionId: row.sessionId,
  personId: row.personId,
  name: row.personName,
  role: row.role,
  order: row.order,
  billedTitle: row.billedTitle,
  status: row.status,
});

export const presentAgenda = ({ conference, days, unscheduled }: Agenda): AgendaDto => ({
  conference: presentConference(conference),
  days: days.map(({ date, sessions }) => ({ date, sessions: sessions.map(presentAgendaSession) })),
  unscheduled: unscheduled.map(presentAgendaSession),
});

const presentAgendaSession = (session: AgendaSession): AgendaSessionDto => ({
  id: session.id,
  title: session.title,
  label: session.label,
  kind: session.kind,
  ...presentEventTime(session),
  room: session.room,
  abstract: session.abstract,
  topics: session.topics,
  sectors: session.sectors,
  speakers: session.speakers,
});
