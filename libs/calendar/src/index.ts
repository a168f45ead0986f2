export {
  AvailabilityReader,
  type Availability,
  type AvailabilityQuestion,
  type BusySpan,
} from './availability.reader.js';
export type { BookableResource, BookingSubject, Override, ResourceKind, Span } from './booking.js';
export { type BookingMove, BookingMovesService } from './booking-moves.service.js';
export { BookingsService } from './bookings.service.js';
export { type BookingAbout, type BookingConflict, DoubleBooked } from './bookings.errors.js';
export { CalendarModule } from './calendar.module.js';
export {
  addDays,
  calendarUnit,
  dayStart,
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
export { localTimes, type LocalTime } from './home-time-zones.js';
export { spelledTime } from './spelled-time.js';
export { type TravelTimeRow, TravelTimesReader, travelTimesList } from './travel-times.reader.js';
export { type TravelTimeInput, TravelTimesService } from './travel-times.service.js';
export { type CalendarAttendee, type CalendarEvent, type CalendarFile, calendarText } from './ical.js';
