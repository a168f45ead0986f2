import type { FieldFault } from '#faults';

/** A fault where the id is not of one of these users; nobody at all is none. */
export function unknownUser(id: string | null | undefined, users: { id: string }[], pointer: string): FieldFault[] {
  if (!id || users.some((user) => user.id === id)) return [];
  return [{ pointer, code: 'unknown_user', message: `There is no active user with id ${id}.` }];
}
