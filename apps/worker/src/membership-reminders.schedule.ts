import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { MembershipRemindersPlanner } from '#members';

/** Milliseconds between two looks for memberships whose reminders are not planned, or not any more as they should be. */
const SWEEP = 5_000;

/** Plans the renewal reminders of what imports wrote, and of what changed since; a look that finds nothing reads an empty index. */
@Injectable()
export class MembershipRemindersSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(MembershipRemindersSchedule.name);
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  private ended = false;

  constructor(private readonly planner: MembershipRemindersPlanner) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.tick(), SWEEP);
  }

  /** Ends after the batch at hand. */
  async onModuleDestroy(): Promise<void> {
    this.ended = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** A tick that falls into a running sweep starts no other. */
  private tick(): void {
    this.running ??= this.sweep().finally(() => (this.running = undefined));
  }

  private async sweep(): Promise<void> {
    try {
      await this.planner.run(() => this.ended);
    } catch (error) {
      // The next look tries again; what is open waits in the database meanwhile.
      this.logger.error(`The sweep failed: ${String(error)}`);
    }
  }
}
