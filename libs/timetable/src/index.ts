export { checkTimetable } from './timetable-checker.js';
export { MOST_CHOICES, MOST_REQUESTS, MOST_SLOTS, type TimetableFault, timetableFaults } from './timetable-faults.js';
export {
  type Timetable,
  type TimetableAssignment,
  type TimetableLimits,
  type TimetablePlace,
  type TimetableProblem,
  type TimetableProgress,
  type TimetableRequest,
  type TimetableSlot,
} from './timetable-problem.js';
export { type SolveOptions, solveTimetable, TimetableRefused } from './timetable-solver.js';
export { explainUnmet, type UnmetCode, type UnmetRequest } from './unmet-requests.js';
