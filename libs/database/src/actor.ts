/** Who is doing this: a user, an API key, or the system itself (a worker, the first boot, the demo). */
export interface Actor {
  kind: 'user' | 'api_key' | 'system';
  /** Id of the user or API key; null for the system. */
  id: string | null;
  /** Name shown in the audit trail. */
  name: string;
  role: Role;
}

/** From the widest to the narrowest. */
export const ROLES = ['admin', 'manager', 'staff', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** The program acting on its own behalf. */
export const SYSTEM: Actor = { kind: 'system', id: null, name: 'system', role: 'admin' };
