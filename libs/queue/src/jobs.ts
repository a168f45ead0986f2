/** Every job there is, by queue; the worker refuses to start unless each has exactly one handler. */
export const JOBS = {
  /** `poke`: look for due messages now · `deliver`: hand one claimed message to SMTP. */
  mail: ['poke', 'deliver'],
  /** `poke`: look for imports that wait for a worker now · `work`: take one of them as far as it goes. */
  imports: ['poke', 'work'],
  /** `poke`: look for meeting plans that wait for a worker now · `work`: solve one of them. */
  plans: ['poke', 'work'],
} as const;

export type QueueName = keyof typeof JOBS;
export type JobName<Q extends QueueName = QueueName> = (typeof JOBS)[Q][number];

export const QUEUE_NAMES = Object.keys(JOBS) as QueueName[];

/** A job as its handler sees it. The handler may run twice for one job, so it must do no harm the second time. */
export interface JobRun<Data = object> {
  id: string;
  data: Data;
}

export type JobRunner = (job: JobRun) => Promise<void>;
