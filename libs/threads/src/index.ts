export { inThread, ThreadFailed, threadFile, type ThreadOptions, type ThreadWork } from './in-thread.js';
