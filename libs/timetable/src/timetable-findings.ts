import { firstBound } from './first-bound.js';
import { tidy } from './greedy-timetable.js';
import { numberTables } from './table-numbers.js';
import { type TimetableBoard } from './timetable-board.js';
import { type TimetableGrid } from './timetable-grid.js';
import { type Timetable, type TimetableProgress } from './timetable-problem.js';

/** What became known: how far the search is, and the timetable, when it is a better one. */
export interface Finding {
  progress: TimetableProgress;
  timetable?: Timetable;
}

/**
 * The best timetable so far and what is proven about any. Score and kept meetings are counted as one number, the level:
 * score × (all that could be kept + 1) + kept, so that one point of score outweighs everything kept.
 */
export class TimetableFindings {
  /** Points of level for one of score. */
  readonly scoreLevel: number;
  /** Proven: no timetable has a higher level. */
  private bound: number;

  constructor(
    grid: TimetableGrid,
    private readonly keepable: number,
    private best: TimetableBoard,
    private readonly found: (finding: Finding) => void,
  ) {
    this.scoreLevel = keepable + 1;
    this.bound = firstBound(grid) * this.scoreLevel + keepable;
    tidy(best);
    this.tell('first draft', true);
  }

  /** Neither score nor what is kept can become better. */
  get proven(): boolean {
    return this.levelOf(this.best) >= this.bound;
  }

  /** Keeps a timetable if it is better than the best so far. */
  offer(board: TimetableBoard): void {
    tidy(board);
    if (this.levelOf(board) <= this.levelOf(this.best)) return;
    this.best = board;
    this.tell('searching', true);
  }

  /** It is proven that no timetable has a higher level than this. */
  learn(bound: number): void {
    if (bound >= this.bound) return;
    this.bound = bound;
    this.tell('searching', false);
  }

  result(): Timetable {
    const { score, kept } = this.best;
    const upperBound = Math.floor(this.bound / this.scoreLevel);
    return {
      assignments: numberTables(this.best),
      score,
      upperBound,
      gap: upperBound === 0 ? 0 : (upperBound - score) / upperBound,
      status: score === upperBound ? 'optimal' : 'bounded',
      kept,
      keptProven: kept === this.keepable || this.proven,
    };
  }

  private levelOf(board: TimetableBoard): number {
    return board.score * this.scoreLevel + board.kept;
  }

  private tell(phase: string, better: boolean): void {
    const timetable = this.result();
    const { score, upperBound, gap } = timetable;
    this.found({ progress: { phase, score, upperBound, gap }, ...(better && { timetable }) });
  }
}
