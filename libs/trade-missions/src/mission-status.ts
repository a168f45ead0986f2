import { MissionStatusRefused } from './trade-missions.errors.js';

export const MISSION_STATUSES = [
  'planned',
  'recruiting',
  'confirmed',
  'under_way',
  'completed',
  'reported',
  'cancelled',
] as const;
export type MissionStatus = (typeof MISSION_STATUSES)[number];

/** A past mission may be recorded as it ended; what was closed or cancelled by mistake may be reopened. */
const NEXT: Record<MissionStatus, readonly MissionStatus[]> = {
  planned: ['recruiting', 'confirmed', 'under_way', 'completed', 'cancelled'],
  recruiting: ['planned', 'confirmed', 'under_way', 'completed', 'cancelled'],
  confirmed: ['recruiting', 'under_way', 'completed', 'cancelled'],
  under_way: ['confirmed', 'completed', 'cancelled'],
  completed: ['under_way', 'reported'],
  reported: ['completed'],
  cancelled: ['planned'],
};

/** Throws MissionStatusRefused, which names what is possible instead. */
export function demandStatusChange(from: MissionStatus, to: MissionStatus): void {
  if (from !== to && !NEXT[from].includes(to)) throw new MissionStatusRefused(from, to, NEXT[from]);
}
