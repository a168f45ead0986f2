import type { Actor, Role } from '#database';
import { maySeeSideMeeting } from './side-meeting.policy.js';

const actor = (role: Role, id = 'somebody'): Actor => ({ kind: 'user', id, name: id, role });

describe('who may see a side meeting', () => {
  it('is everybody while it is internal', () => {
    expect(maySeeSideMeeting(actor('viewer'), { visibility: 'internal', ownerIds: [] })).toBe(true);
  });

  it('is its owners, managers and administrators when it is restricted', () => {
    const restricted = { visibility: 'restricted' as const, ownerIds: ['owner'] };
    const seen = [actor('staff', 'owner'), actor('manager'), actor('admin'), actor('staff'), actor('viewer')].map(
      (who) => maySeeSideMeeting(who, restricted),
    );
    expect(seen).toEqual([true, true, true, false, false]);
  });
});
