import { type Highs, type Model, type ModelData } from 'highs';
import { greedyTimetable } from './greedy-timetable.js';
import { TimetableBoard } from './timetable-board.js';
import { type Finding, TimetableFindings } from './timetable-findings.js';
import { gridOf, NOWHERE, type TimetableGrid } from './timetable-grid.js';
import { modelOf, obeys, type TimetableModel } from './timetable-model.js';
import { type Timetable, type TimetableProblem } from './timetable-problem.js';

/** The solver's bound comes out of floating-point arithmetic: its 5.9999999 means 6. */
const ROUNDING = 1e-6;

/** Solves a problem without faults within about `seconds`; `found` hears of whatever becomes known. */
export function solveWithHighs(
  highs: Highs,
  problem: TimetableProblem,
  seconds: number,
  found: (finding: Finding) => void = () => undefined,
): Timetable {
  const until = performance.now() + seconds * 1000;
  const grid = gridOf(problem);
  const model = modelOf(grid);
  const draft = greedyTimetable(grid);
  const was = model.choices.map(({ request, slot }) => grid.previouslyIn[request] === slot);
  const findings = new TimetableFindings(grid, was.filter(Boolean).length, draft, found);
  const hinted = model.choices.map(({ request, slot }) => draft.slotOf[request] === slot);
  if (model.choices.length === 0) findings.learn(0);
  // A draft that is as good as can be needs no search.
  else if (!findings.proven) search(highs, { grid, model, hinted, was, findings, until });
  return findings.result();
}

interface Search {
  grid: TimetableGrid;
  model: TimetableModel;
  /** By choice: the draft made it. */
  hinted: boolean[];
  /** By choice: it stood so before. */
  was: boolean[];
  findings: TimetableFindings;
  until: number;
}

function search(highs: Highs, task: Search): void {
  const { model, findings, until } = task;
  const { points, perLevel } = objectiveOf(task);
  const learn = (bound = Infinity): void => {
    if (Number.isFinite(bound)) findings.learn(Math.floor(bound / perLevel + ROUNDING));
  };
  const offer = (values: ArrayLike<number> = []): void => {
    const chosen = Array.from(values, (value) => value > 0.5);
    if (chosen.length > 0 && obeys(model, chosen)) findings.offer(boardOf(task, chosen));
  };
  const { mipImprovingSolution, mipInterrupt } = highs.constants.callbackType;
  highs.withModel(dataOf(highs, model, points), (solver: Model) => {
    solver.options.set({ output_flag: false, time_limit: Math.max(0.01, (until - performance.now()) / 1000) });
    // All points are whole numbers: a gap below one is none.
    solver.options.set({ mip_rel_gap: 0, mip_abs_gap: 0.5 });
    solver.setSolution({ colValue: task.hinted.map(Number) });
    solver.run({
      [mipImprovingSolution]: ({ data }) => void offer(data.mip_solution),
      [mipInterrupt]: (event) => {
        learn(event.data.mip_dual_bound);
        if (findings.proven) event.interrupt();
        return undefined;
      },
    });
    requireOutcome(highs, solver);
    if (solver.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible)
      offer(solver.getSolution().colValue);
    learn(Number(solver.info.get('mip_dual_bound')));
  });
}

/**
 * Score first, then what is kept, then a hint: to hold what the draft made. The hint costs nothing, as all of it weighs
 * less than one level, and it tells slots apart that the solver would otherwise try in vain in every order.
 */
function objectiveOf({ grid, model, hinted, was, findings }: Search): { points: number[]; perLevel: number } {
  const hint = model.choices.map((_, choice) => (hinted[choice] && !was[choice] ? 1 : 0));
  const perLevel = hint.reduce<number>((sum, one) => sum + one, 1);
  const points = model.choices.map(({ request }, choice) => {
    const level = grid.priorityOf[request]! * findings.scoreLevel + Number(was[choice]);
    return level * perLevel + hint[choice]!;
  });
  return { points, perLevel };
}

function boardOf({ grid, model }: Search, chosen: boolean[]): TimetableBoard {
  const places = new Array<number>(grid.requests).fill(NOWHERE);
  model.choices.forEach(({ request, slot }, choice) => chosen[choice] && (places[request] = slot));
  return TimetableBoard.of(grid, places);
}

function dataOf(highs: Highs, { choices, rules }: TimetableModel, points: number[]): ModelData {
  const starts = [0];
  for (const rule of rules) starts.push(starts.at(-1)! + rule.choices.length);
  const indices = rules.flatMap((rule) => rule.choices);
  const size = { numRows: rules.length, numCols: choices.length };
  return {
    ...size,
    sense: highs.constants.objectiveSense.maximize,
    colCost: points,
    colLower: choices.map(({ locked }) => Number(locked)),
    colUpper: choices.map(() => 1),
    rowLower: rules.map(() => -highs.infinity),
    rowUpper: rules.map(({ most }) => most),
    matrix: { format: 'csr', ...size, starts, indices, values: indices.map(() => 1) },
    integrality: choices.map(() => highs.constants.variableType.integer),
  };
}

/** The draft shows that there is a solution, so that only the clock or a proof may end the search. */
function requireOutcome(highs: Highs, solver: Model): void {
  const { optimal, interrupted, timeLimit } = highs.constants.modelStatus;
  const status = solver.getModelStatus();
  if (![optimal, interrupted, timeLimit].some((expected) => expected === status))
    throw new Error(`HiGHS ended with model status ${status}.`);
}
