import type { Actor } from '#database';
import { visibleSql } from '#records';

/**
 * SQL condition: the actor may know of message `m` about record `a`. What a digest says is about many records, so it is
 * its reader's own, and managers'.
 */
export function visibleMessages(actor: Actor): string {
  const about = `(m.about_id IS NULL OR ${visibleSql('a', actor)})`;
  if (actor.role === 'admin' || actor.role === 'manager') return about;
  const own = actor.id === null ? 'false' : `m.user_id = '${actor.id}'`;
  return `(${about} AND (m.kind <> 'digest' OR ${own}))`;
}
