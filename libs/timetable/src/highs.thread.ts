import loadHighs from 'highs';
import { solveWithHighs } from './highs-timetable.js';
import { type Finding } from './timetable-findings.js';
import { type Timetable, type TimetableProblem } from './timetable-problem.js';

export interface SolverTask {
  problem: TimetableProblem;
  seconds: number;
}

/** Solves a timetable in a thread of its own; reports Findings. */
export async function run(task: SolverTask, report: (finding: Finding) => void): Promise<Timetable> {
  return solveWithHighs(await loadHighs(), task.problem, task.seconds, report);
}
