import type { Actor } from '#database';
import type { Task } from './task.entity.js';

/** A task is changed by who wrote it, who is to do it, and managers; what nobody holds, anybody may take up. */
export function mayChangeTask(actor: Actor, task: Pick<Task, 'createdBy' | 'assigneeId'>): boolean {
  if (actor.role === 'admin' || actor.role === 'manager') return true;
  return task.assigneeId === null || actor.id === task.assigneeId || actor.id === task.createdBy;
}

/** What a user has to do is handed over by that user, and managers. */
export function mayHandOver({ role, kind, id }: Actor, fromUserId: string): boolean {
  return role === 'admin' || role === 'manager' || (kind === 'user' && id === fromUserId);
}
