export {
  AvailabilityReader,
  type Availability,
  type AvailabilityQuestion,
  type BusySpan,
} from './availability.reader.js';
export { BookingMovesService } from './booking-moves.service.js';
export { type BookableResource, BookingsService, type Override, type ResourceKind } from './bookings.service.js';
export { type BookingAbout, type BookingConflict, DoubleBooked } from './bookings.errors.js';
export { CalendarModule } from './calendar.module.js';
export {
  calendarUnit,
  type EventTime,
  eventTime,
  instantText,
  isTimeZone,
  type LocalMark,
  moveLocal,
  type OpenEventTime,
  openEventTime,
  overBy,
  type RoughTime,
  type TimeText,
  toInstant,
  toLocal,
} from './event-time.js';
export { spelledTime } from './spelled-time.js';
export { type CalendarAttendee, type CalendarEvent, type CalendarFile, calendarText } from './ical.js';
