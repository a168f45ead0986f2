import { Conflict } from '#faults';

export const TASK_STATUSES = ['open', 'done', 'cancelled'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** What somebody does to a task. */
export type TaskStep = 'complete' | 'cancel' | 'reopen';

const STEPS: Record<TaskStep, { from: TaskStatus[]; to: TaskStatus }> = {
  complete: { from: ['open'], to: 'done' },
  cancel: { from: ['open'], to: 'cancelled' },
  reopen: { from: ['done', 'cancelled'], to: 'open' },
};

/** The step is not possible from where the task stands. */
export class TaskStepImpossible extends Conflict {
  constructor(step: TaskStep, status: TaskStatus) {
    super(
      'task_step_impossible',
      `A task that is ${status} cannot be ${{ complete: 'completed', cancel: 'cancelled', reopen: 'reopened' }[step]}.`,
      { status },
    );
  }
}

/** The status after a step. Throws TaskStepImpossible. */
export function taskStatusAfter(step: TaskStep, status: TaskStatus): TaskStatus {
  if (STEPS[step].from.includes(status)) return STEPS[step].to;
  throw new TaskStepImpossible(step, status);
}

/** The step that leads to a wanted status; undefined when the task stands there already. Throws TaskStepImpossible. */
export function stepTowards(wanted: TaskStatus, status: TaskStatus): TaskStep | undefined {
  if (wanted === status) return undefined;
  const step = ({ open: 'reopen', done: 'complete', cancelled: 'cancel' } as const)[wanted];
  taskStatusAfter(step, status);
  return step;
}
