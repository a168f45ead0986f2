export const RESOURCE_KINDS = ['person', 'room'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Somebody or something that can be in one place only. */
export interface BookableResource {
  /** Id of the person or room. */
  id: string;
  kind: ResourceKind;
}

/** People may be double-booked on purpose; the reason is kept and audited. Rooms never. */
export interface Override {
  reason: string;
}

/** When, and where as far as that is known. */
export interface Span {
  startsAt: Date;
  endsAt: Date;
  /** The venue in words; null or absent means unknown, which is never in anybody's way. */
  place?: string | null;
}

/** Something that takes place, with all that it holds. */
export interface BookingSubject {
  /** Id of the record that the resources are held for. */
  aboutId: string;
  span: Span;
  resources: BookableResource[];
}
