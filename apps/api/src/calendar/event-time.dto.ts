import { ApiProperty } from '@nestjs/swagger';
import { Matches, ValidateIf } from 'class-validator';

/** A time of an event: an instant, or local time in the event's zone. What it means is read by the calendar. */
export const EventTimeText = () =>
  Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.Z+-]{0,22}$/, {
    message: '$property must be an instant such as 2026-03-10T14:00:00Z or a local time such as 2026-03-10T10:00',
  });

/** The property must be sent, and may be null for "not known". */
export const RequiredOrNull = () => ValidateIf((_, value) => value !== null);

/** What clocks of one zone show. */
export class LocalTimeDto {
  /** IANA zone */
  timeZone: string;
  /**
   * Without an offset
   * @example '2026-03-10T10:00:00'
   */
  @ApiProperty({ format: 'date-time-local' })
  startsAt: string;
  /** Null when not known */
  @ApiProperty({ format: 'date-time-local' })
  endsAt: string | null;
}

/** When an event takes place, as answers say it. */
export class EventTimeDto {
  /** RFC 3339, UTC; null when not known */
  startsAt: string | null;
  endsAt: string | null;
  /** What clocks at the place show */
  startsAtLocal: string | null;
  endsAtLocal: string | null;
  /** IANA zone of the place */
  timeZone: string;
  /** What clocks show in the zones of HOME_TIME_ZONES; empty for a time that is not known to the minute */
  localTimes: LocalTimeDto[];
}
