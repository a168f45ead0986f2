import { ROLES } from '#database';
import { may, PERMISSIONS } from './permissions.js';

describe('roles', () => {
  it('each may do all that the narrower ones may', () => {
    const granted = ROLES.map((role) => PERMISSIONS.filter((permission) => may(role, permission)));
    for (let i = 1; i < granted.length; i++) expect(granted[i - 1]).toEqual(expect.arrayContaining(granted[i] ?? []));
  });

  it('let a viewer read and change nothing', () => {
    expect(PERMISSIONS.filter((permission) => may('viewer', permission))).toEqual(['records:read']);
  });

  it('keep users and the queue to administrators', () => {
    expect(may('manager', 'users:manage') || may('manager', 'queues:view')).toBe(false);
  });
});
