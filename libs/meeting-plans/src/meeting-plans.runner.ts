import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { currentScope, Database, inScope } from '#database';
import { checkTimetable, explainUnmet, solveTimetable, type TimetableProblem, TimetableRefused } from '#timetable';
import { type PlanProgress, type PlanState, USUAL_SOLVING } from './meeting-plan.js';
import { MeetingPlansStore, type WaitingPlan } from './meeting-plans.store.js';
import { PlanProblems } from './plan-problem.js';

/** Workers that may die or fail at one plan before it is given up. */
const ATTEMPTS = 3;
const GIVEN_UP = `Given up after ${ATTEMPTS} attempts`;
/** Seconds a plan rests after a failure of the machinery. */
const REST = 2;
/** Plans handed out by one sweep. */
const MOST = 20;
/** Milliseconds between two signs of life, each with the progress so far. */
const HEARTBEAT = 500;

/** The solver was stopped from outside: the worker ends, or the plan is somebody else's, or nobody wants it any more. */
class Stopped extends Error {}

/** Solves meeting plans in a worker process, one at a time: a solver wants a core and memory. Any number of processes may do so at once. */
@Injectable()
export class MeetingPlansRunner implements BeforeApplicationShutdown {
  private readonly logger = new Logger(MeetingPlansRunner.name);
  /** Stands in its own place so that a test may put another there. */
  private readonly solve = solveTimetable;
  private running?: AbortController;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly store: MeetingPlansStore,
    private readonly problems: PlanProblems,
  ) {}

  /** Plans that wait for a worker, also those whose worker died a few seconds ago. */
  sweep(): Promise<WaitingPlan[]> {
    return this.store.waiting(MOST);
  }

  /** Takes a plan to its end. Does nothing when another worker is at it, or when this one is at another; the next sweep finds it. */
  async work(id: string): Promise<void> {
    if (this.stopping || this.running) return;
    const lease = randomUUID();
    this.running = new AbortController();
    try {
      if (await this.store.claim(id, lease)) await this.run(id, lease, this.running);
    } finally {
      this.running = undefined;
    }
  }

  /** Stops the solver; the plan is given back. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
    this.running?.abort(new Stopped('The worker ends.'));
  }

  private async run(id: string, lease: string, control: AbortController): Promise<void> {
    try {
      const plan = await this.database.transaction(() => this.store.lock(id));
      if (plan.attempts > ATTEMPTS) await this.store.fail(id, lease, GIVEN_UP);
      else await this.inNameOf(plan, () => this.timetable(plan, lease, control));
    } catch (error) {
      await this.rest(id, lease, error);
    }
  }

  /** Solves, checks by other means than the solver's, and only then keeps what was found. */
  private async timetable(plan: PlanState, lease: string, control: AbortController): Promise<void> {
    const problem = await this.problems.of(plan);
    const timetable = await this.watched(plan, problem, lease, control);
    const faults = checkTimetable(problem, timetable);
    if (faults.length > 0) {
      this.logger.error(`Meeting plan ${plan.id}: ${faults.join(' ')}`);
      return this.store.fail(plan.id, lease, `The timetable was refused by its checker: ${faults.join(' ')}`);
    }
    const unmet = explainUnmet(problem, timetable);
    await this.database.transaction(() => this.store.finish(plan.id, lease, timetable, unmet));
  }

  /** Solves while telling how far it is; ends when somebody else has the plan, or nobody wants it. */
  private async watched(plan: PlanState, problem: TimetableProblem, lease: string, control: AbortController) {
    let progress: PlanProgress | undefined;
    const tell = async (): Promise<void> => {
      const isOurs = await this.store.renew(plan.id, lease, progress);
      if (!isOurs) control.abort(new Stopped('The plan is not ours any more.'));
    };
    // A sign of life that fails is followed by the next; without any, the lease ends and another worker takes over.
    const heart = setInterval(() => void tell().catch((error) => this.logger.warn(String(error))), HEARTBEAT);
    try {
      return await this.solve(problem, {
        seconds: plan.limits.seconds ?? USUAL_SOLVING,
        onProgress: (now) => (progress = now),
        signal: control.signal,
      });
    } finally {
      clearInterval(heart);
    }
  }

  /** Whoever asked for the plan stands in what is written. */
  private inNameOf<T>(plan: PlanState, work: () => Promise<T>): Promise<T> {
    return inScope({ ...currentScope(), actor: plan.actor, requestId: plan.requestId ?? undefined }, work);
  }

  private async rest(id: string, lease: string, error: unknown): Promise<void> {
    if (error instanceof Stopped) return this.store.release(id, lease);
    if (error instanceof TimetableRefused) return this.store.fail(id, lease, error.message);
    this.logger.error(`Meeting plan ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const message = error instanceof Error ? error.message : String(error);
    await this.store.release(id, lease, { seconds: REST, message });
  }
}
