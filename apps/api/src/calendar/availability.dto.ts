import type { LocalTimeDto } from './event-time.dto.js';

/** One span in which somebody or something is held */
export class BusySpanDto {
  startsAt: string;
  endsAt: string;
  /** The same on the clocks of HOME_TIME_ZONES */
  localTimes: LocalTimeDto[];
  /** False where a person was double-booked on purpose */
  firm: boolean;
  /** {type, id, title}, or {type, restricted: true} for what the caller may not see */
  about: object;
  /** Where; null when not known, and where the caller may not see what it is for */
  place: string | null;
}

export class ResourceAvailabilityDto {
  /** {type, id, title} of the person or room */
  resource: object;
  /** Earliest first; empty means free */
  busy: BusySpanDto[];
}

export class AvailabilityDto {
  data: ResourceAvailabilityDto[];
}
