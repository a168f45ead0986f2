export const REGISTRATION_KINDS = ['attendee', 'speaker', 'delegate', 'press', 'staff'] as const;
export type RegistrationKind = (typeof REGISTRATION_KINDS)[number];

/** waitlisted → confirmed when a place becomes free; confirmed → attended at the door. */
export const REGISTRATION_STATUSES = ['confirmed', 'waitlisted', 'attended', 'cancelled'] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/** Kinds that take one of the conference's places; speakers and staff come whatever the room holds. */
export const SEATED: readonly RegistrationKind[] = ['attendee', 'delegate', 'press'];

/** Whether somebody of this kind takes a place. */
export const isSeated = (kind: RegistrationKind): boolean => SEATED.includes(kind);

/** What a newcomer gets. `free` is the number of places left, null where there is no limit; `waiting` how many stand in line. */
export function statusOfNewcomer(kind: RegistrationKind, free: number | null, waiting: number): RegistrationStatus {
  if (!isSeated(kind) || free === null) return 'confirmed';
  return free > waiting ? 'confirmed' : 'waitlisted';
}
