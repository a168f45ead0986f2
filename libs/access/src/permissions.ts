import type { Role } from '#database';

/** What a route may demand. Default-deny: a route that demands nothing and is not public does not exist. */
export const PERMISSIONS = [
  'records:read',
  'directory:write',
  'memberships:write',
  'imports:run',
  'events:write',
  'meetings:write',
  'meetings:restricted',
  'missions:write',
  'deals:write',
  'tasks:write',
  'messages:read',
  'messages:write',
  'settings:write',
  'audit:read',
  'users:manage',
  'queues:view',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const VIEWER: Permission[] = ['records:read'];
const STAFF: Permission[] = [
  ...VIEWER,
  'directory:write',
  'memberships:write',
  'imports:run',
  'events:write',
  'meetings:write',
  'missions:write',
  'deals:write',
  'tasks:write',
  'messages:read',
  'messages:write',
];
const MANAGER: Permission[] = [...STAFF, 'meetings:restricted', 'settings:write', 'audit:read'];
const GRANTED: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(VIEWER),
  staff: new Set(STAFF),
  manager: new Set(MANAGER),
  admin: new Set(PERMISSIONS),
};

/** Whether a role may do something; each role may do all that the narrower ones may. */
export const may = (role: Role, permission: Permission): boolean => GRANTED[role].has(permission);
