/** One span in which somebody or something is held */
export class BusySpanDto {
  startsAt: string;
  endsAt: string;
  /** False where a person was double-booked on purpose */
  firm: boolean;
  /** {type, id, title}, or {type, restricted: true} for what the caller may not see */
  about: object;
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
