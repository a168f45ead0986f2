import type { Actor, Role } from '#database';
import { mayChangeTask } from './task.policy.js';

const actor = (id: string, role: Role = 'staff'): Actor => ({ kind: 'user', id, name: id, role });
const task = { createdBy: 'leyla', assigneeId: 'rashad' };

describe('who may change a task', () => {
  it('is who wrote it, who is to do it, and managers', () => {
    expect(mayChangeTask(actor('leyla'), task)).toBe(true);
    expect(mayChangeTask(actor('rashad'), task)).toBe(true);
    expect(mayChangeTask(actor('other', 'manager'), task)).toBe(true);
    expect(mayChangeTask(actor('other'), task)).toBe(false);
  });

  it('is anybody while nobody holds it', () => {
    expect(mayChangeTask(actor('other'), { ...task, assigneeId: null })).toBe(true);
  });
});
