/** How urgent a task is: by its due time, the time that it is, and where a day of somebody's ends (`MyDayLimits`). */
export const DUE_GROUPS = ['overdue', 'dueToday', 'nextDays', 'later', 'undated'] as const;
export type DueGroup = (typeof DUE_GROUPS)[number];

/** SQL of the group of a due time, from SQL of that and of the limits. */
export const dueGroupSql = (dueAt: string, now: string, tomorrow: string, horizon: string): string => `
  CASE WHEN ${dueAt} < ${now} THEN 'overdue' WHEN ${dueAt} < ${tomorrow} THEN 'dueToday' WHEN ${dueAt} < ${horizon} THEN 'nextDays'
       WHEN ${dueAt} IS NULL THEN 'undated' ELSE 'later' END`;
