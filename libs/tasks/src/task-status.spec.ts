import { stepTowards, taskStatusAfter, TaskStepImpossible } from './task-status.js';

describe('the status of a task', () => {
  it('goes from open to done or cancelled, and back to open', () => {
    expect(taskStatusAfter('complete', 'open')).toBe('done');
    expect(taskStatusAfter('cancel', 'open')).toBe('cancelled');
    expect(taskStatusAfter('reopen', 'done')).toBe('open');
    expect(taskStatusAfter('reopen', 'cancelled')).toBe('open');
  });

  it.each([
    ['complete', 'done'],
    ['complete', 'cancelled'],
    ['cancel', 'done'],
    ['cancel', 'cancelled'],
    ['reopen', 'open'],
  ] as const)('refuses to %s what is %s', (step, status) => {
    expect(() => taskStatusAfter(step, status)).toThrow(TaskStepImpossible);
  });

  it('knows which step leads where, and that standing still needs none', () => {
    expect(stepTowards('done', 'open')).toBe('complete');
    expect(stepTowards('open', 'open')).toBeUndefined();
    expect(() => stepTowards('done', 'cancelled')).toThrow(TaskStepImpossible);
  });
});
