import type { ConferenceRow, RoomRow } from '#conferences';
import { presentEventTime } from '../calendar/event-time.presenter.js';
import { stamps } from '../http/format.js';
import type { ConferenceDto, RoomDto } from './conference.dto.js';

export const presentConference = (row: ConferenceRow & { organizer?: object | null }): ConferenceDto => ({
  ...stamps(row),
  name: row.name,
  occasion: row.occasion,
  status: row.status,
  ...presentEventTime(row),
  datePrecision: row.datePrecision,
  venue: row.venue,
  city: row.city,
  country: row.country,
  capacity: row.capacity,
  organizerId: row.organizerId,
  ...(row.organizer !== undefined && { organizer: row.organizer }),
});

export const presentRoom = (row: RoomRow): RoomDto => ({
  ...stamps(row),
  conferenceId: row.conferenceId,
  name: row.name,
  capacity: row.capacity,
});
