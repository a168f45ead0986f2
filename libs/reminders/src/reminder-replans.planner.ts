import { Injectable, Logger } from '@nestjs/common';
import { Database, Transactional } from '#database';
import { ReminderSources } from './reminder-sources.js';
import { holdRules } from './rules-lock.js';

/** Subjects planned in one transaction. */
const BATCH = 200;

/** What a changed rule left to do: one kind of subject, from the first to the last. */
interface OpenReplan {
  subject: string;
  /** Id of the last one that was planned. */
  after: string | null;
}

/** Plans anew what is still ahead of a kind whose rules have changed. Any number of workers may. */
@Injectable()
export class ReminderReplansPlanner {
  private readonly logger = new Logger(ReminderReplansPlanner.name);

  constructor(
    readonly database: Database,
    private readonly sources: ReminderSources,
  ) {}

  /** Batch after batch until nothing is open, or `stopped` says so. Answers how many subjects were looked at. */
  async run(stopped: () => boolean = () => false): Promise<number> {
    let looked = 0;
    while (!stopped()) {
      const batch = await this.batchOrEach();
      if (batch === undefined) break;
      looked += batch;
    }
    return looked;
  }

  /** What cannot be planned keeps nobody else from being: where a batch fails, its subjects are planned one by one. */
  private async batchOrEach(): Promise<number | undefined> {
    try {
      return await this.batch(BATCH);
    } catch (error) {
      this.logger.warn(`Reminders are planned one by one, because: ${String(error)}`);
    }
    for (let done = 0; ; done++) {
      const one = await this.one();
      if (!one || done === BATCH) return one && done;
    }
  }

  private async one(): Promise<number | undefined> {
    try {
      return await this.batch(1);
    } catch (error) {
      this.logger.error(`The reminders of one subject could not be planned: ${String(error)}`);
      return this.batch(1, false);
    }
  }

  /** Answers how many were looked at; undefined where nothing is open, or others are at it. */
  @Transactional()
  async batch(limit: number, plans = true): Promise<number | undefined> {
    await holdRules(this.database);
    const open = await this.database.queryOne<OpenReplan>(OPEN);
    if (!open) return undefined;
    const source = this.sources.of(open.subject);
    const ids = (await source?.ahead(open.after, limit)) ?? [];
    if (plans && ids.length > 0) await source?.plan(ids);
    if (ids.length < limit) await this.database.query(DONE, [open.subject]);
    else await this.database.query(ADVANCE, [open.subject, ids.at(-1)]);
    return ids.length;
  }
}

const OPEN = `
  SELECT subject, after_id AS after FROM reminder_replans ORDER BY requested_at, subject LIMIT 1 FOR UPDATE SKIP LOCKED`;

const ADVANCE = 'UPDATE reminder_replans SET after_id = $2 WHERE subject = $1';

const DONE = 'DELETE FROM reminder_replans WHERE subject = $1';
