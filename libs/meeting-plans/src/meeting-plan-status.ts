/**
 * queued → solving → ready → accepted; failed when there is nothing to show, cancelled by people. superseded once a plan
 * that replaces it is accepted.
 */
export const MEETING_PLAN_STATUSES = [
  'queued',
  'solving',
  'ready',
  'failed',
  'cancelled',
  'accepted',
  'superseded',
] as const;
export type MeetingPlanStatus = (typeof MEETING_PLAN_STATUSES)[number];

/** Statuses in which a worker has something to do. */
export const AT_WORK = ['queued', 'solving'] as const satisfies MeetingPlanStatus[];

/** Statuses in which a plan has a timetable that another may replace. */
const SOLVED: readonly MeetingPlanStatus[] = ['ready', 'accepted'];

/** Whether another plan may take this one's place. */
export const mayBeReplaced = (status: MeetingPlanStatus): boolean => SOLVED.includes(status);

/** Whether people may still call the plan off: what was accepted is undone meeting by meeting. */
export const mayBeCancelled = (status: MeetingPlanStatus): boolean =>
  status === 'ready' || (AT_WORK as readonly MeetingPlanStatus[]).includes(status);
