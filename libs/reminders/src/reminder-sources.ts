import { Injectable } from '@nestjs/common';
import type { RemindedKind } from './reminder-subject.js';

/** How a feature finds again what reminder rules speak to, so that a changed rule reaches what was saved before. */
export interface ReminderSource {
  subject: RemindedKind;
  /** Ids of those that are still ahead and follow the rules, in their order, at most `limit`, all of them after `after`. */
  ahead(after: string | null, limit: number): Promise<string[]>;
  /** Plans what these want now, as saving them would. Joined into a transaction. */
  plan(ids: string[]): Promise<unknown>;
}

/** What may be reminded of; each feature registers its own when its module starts. */
@Injectable()
export class ReminderSources {
  private readonly sources = new Map<string, ReminderSource>();

  /** Throws when there is one of that kind. */
  register(...sources: ReminderSource[]): void {
    for (const source of sources) {
      if (this.sources.has(source.subject)) throw new Error(`There are two sources of reminders of ${source.subject}.`);
      this.sources.set(source.subject, source);
    }
  }

  /** Undefined where nothing of that kind is planned. */
  of(subject: string): ReminderSource | undefined {
    return this.sources.get(subject);
  }
}
