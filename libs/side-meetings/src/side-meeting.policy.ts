import { may } from '#access';
import type { Actor } from '#database';
import type { SideMeeting } from './side-meeting.entity.js';

/** Whoever logs a meeting, or restricts it, keeps seeing it; the system owns nothing. */
export const ownersWith = ({ id }: Actor, ownerIds: string[]): string[] =>
  id === null || ownerIds.includes(id) ? ownerIds : [...ownerIds, id];

/** Restricted meetings exist for their owners, and for managers and administrators; nobody else may know of them. */
export function maySeeSideMeeting(actor: Actor, meeting: Pick<SideMeeting, 'visibility' | 'ownerIds'>): boolean {
  if (meeting.visibility === 'internal' || may(actor.role, 'meetings:restricted')) return true;
  return actor.id !== null && meeting.ownerIds.includes(actor.id);
}
