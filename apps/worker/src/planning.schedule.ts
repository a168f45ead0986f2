import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DealStallsPlanner } from '#deals';
import { MembershipRemindersPlanner } from '#members';
import { ReminderReplansPlanner } from '#reminders';
import { TaskDigestsPlanner, TaskEscalationsPlanner } from '#tasks';

/** Finds in the database what is to be planned, and plans it, batch after batch; it may be stopped between two of them. */
interface Planner {
  run(stopped: () => boolean): Promise<number>;
}

/** Looks for what no request plans, again and again, in every worker; a look that finds nothing reads an empty index. */
@Injectable()
export class PlanningSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds: PlanningRound[];

  constructor(
    memberships: MembershipRemindersPlanner,
    rules: ReminderReplansPlanner,
    digests: TaskDigestsPlanner,
    escalations: TaskEscalationsPlanner,
    stalls: DealStallsPlanner,
  ) {
    this.rounds = [
      new PlanningRound(memberships, 5_000),
      new PlanningRound(rules, 2_000),
      new PlanningRound(digests, 15_000),
      new PlanningRound(escalations, 60_000),
      new PlanningRound(stalls, 20_000),
    ];
  }

  onApplicationBootstrap(): void {
    for (const round of this.rounds) round.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.rounds.map((round) => round.end()));
  }
}

/** One planner at its interval. */
class PlanningRound {
  private readonly logger: Logger;
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  private ended = false;

  /** `interval` in milliseconds. */
  constructor(
    private readonly planner: Planner,
    private readonly interval: number,
  ) {
    this.logger = new Logger(planner.constructor.name);
  }

  /** The first look comes at once: the worker may have been away for long. */
  start(): void {
    this.timer = setInterval(() => this.tick(), this.interval);
    this.tick();
  }

  /** Ends after the batch at hand. */
  async end(): Promise<void> {
    this.ended = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** A tick that falls into a running look starts no other. */
  private tick(): void {
    this.running ??= this.look().finally(() => (this.running = undefined));
  }

  private async look(): Promise<void> {
    try {
      await this.planner.run(() => this.ended);
    } catch (error) {
      // The next look tries again; what is open waits in the database meanwhile.
      this.logger.error(`The look failed: ${String(error)}`);
    }
  }
}
