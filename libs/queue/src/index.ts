export { HandlesJob } from './job-handler.decorator.js';
export { JobQueues } from './job-queues.js';
export { type JobName, type JobRun, QUEUE_NAMES, type QueueName } from './jobs.js';
export { QueueModule, type QueueWorkersOptions } from './queue.module.js';
