import { ConferenceStatusRefused } from './conferences.errors.js';

export const CONFERENCE_STATUSES = ['draft', 'published', 'in_progress', 'completed', 'cancelled'] as const;
export type ConferenceStatus = (typeof CONFERENCE_STATUSES)[number];

/** A past conference may be recorded as it ended; what was closed or cancelled by mistake may be reopened. */
const NEXT: Record<ConferenceStatus, readonly ConferenceStatus[]> = {
  draft: ['published', 'in_progress', 'completed', 'cancelled'],
  published: ['draft', 'in_progress', 'completed', 'cancelled'],
  in_progress: ['completed', 'cancelled'],
  completed: ['in_progress'],
  cancelled: ['draft'],
};

/** Throws ConferenceStatusRefused, which names what is possible instead. */
export function demandStatusChange(from: ConferenceStatus, to: ConferenceStatus): void {
  if (from !== to && !NEXT[from].includes(to)) throw new ConferenceStatusRefused(from, to, NEXT[from]);
}
