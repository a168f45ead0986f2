export { type Agenda, type AgendaDay, AgendaReader, type AgendaSession } from './agenda.reader.js';
export { AgendaFeedsReader } from './agenda-feeds.reader.js';
export { CONFERENCE_STATUSES, type ConferenceStatus } from './conference-status.js';
export { DATE_PRECISIONS, type DatePrecision } from './conference-time.js';
export { ConferencesModule } from './conferences.module.js';
export { type ConferenceRow, ConferencesReader, conferencesList } from './conferences.reader.js';
export { type ConferenceInput, type ConferencePatch, ConferencesService } from './conferences.service.js';
export {
  REGISTRATION_KINDS,
  REGISTRATION_STATUSES,
  type RegistrationKind,
  type RegistrationStatus,
} from './registration-status.js';
export {
  type Attendance,
  type RegistrationRow,
  RegistrationsReader,
  registrationsList,
} from './registrations.reader.js';
export { type RegistrationInput, RegistrationsService } from './registrations.service.js';
export { type RoomRow, RoomsReader, roomsList } from './rooms.reader.js';
export { type RoomInput, RoomsService } from './rooms.service.js';
export { SESSION_KINDS, SESSION_STATUSES, type SessionKind, type SessionStatus } from './session.entity.js';
export { type SessionRow, SessionsReader, sessionsList } from './sessions.reader.js';
export { type SessionInput, SessionsService } from './sessions.service.js';
export { SPEAKER_ROLES, SPEAKER_STATUSES, type SpeakerRole, type SpeakerStatus } from './speaker.entity.js';
export { type SpeakerRow, SpeakersReader, speakersList } from './speakers.reader.js';
export { type SpeakerInput, SpeakersService } from './speakers.service.js';
