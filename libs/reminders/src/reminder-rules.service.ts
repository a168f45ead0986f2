import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { Database, Transactional } from '#database';
import { type FieldFault, Invalid } from '#faults';
import { TemplatesReader } from '#messaging';
import { isDuration } from './reminder-plan.js';
import { ReminderRule } from './reminder-rule.entity.js';
import type { ReminderSubjectKind } from './reminder-subject.js';

export interface ReminderRuleInput {
  subject: ReminderSubjectKind;
  /** ISO 8601 duration from the subject's instant: `-P1D` is a day before. */
  offset: string;
  /** `HH:MM` in the subject's zone. */
  atLocalTime?: string | null;
  /** `all` when absent. */
  audience?: string;
  templateKey: string;
  /** true when absent. */
  enabled?: boolean;
}

/** Rules speak to what is planned from now on; what is planned already follows when its subject is next changed. */
@Injectable()
export class ReminderRulesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly templates: TemplatesReader,
  ) {}

  /** Throws Invalid for an offset that is no duration or a template that does not exist. */
  @Transactional()
  async create(input: ReminderRuleInput): Promise<ReminderRule> {
    await this.demandSound(input);
    return this.store.insert(ReminderRule, { audience: 'all', enabled: true, ...input });
  }

  /** Throws NotFound, Stale, Invalid. */
  @Transactional()
  async update(id: string, patch: Partial<ReminderRuleInput>, version?: number): Promise<ReminderRule> {
    await this.demandSound(patch);
    return this.store.update(ReminderRule, await this.store.lock(ReminderRule, id, version), patch);
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.store.archive(ReminderRule, id, version);
  }

  private async demandSound({ offset, atLocalTime, templateKey }: Partial<ReminderRuleInput>): Promise<void> {
    const faults: FieldFault[] = [];
    if (offset !== undefined && !isDuration(offset))
      faults.push({
        pointer: '/offset',
        code: 'bad_duration',
        message: `"${offset}" is not an ISO 8601 duration such as -P1D or -PT1H.`,
      });
    if (atLocalTime && !/^([01]\d|2[0-3]):[0-5]\d$/.test(atLocalTime))
      faults.push({
        pointer: '/atLocalTime',
        code: 'bad_time',
        message: `"${atLocalTime}" is not a time such as 09:00.`,
      });
    if (templateKey !== undefined && !(await this.templates.exists(templateKey)))
      faults.push({
        pointer: '/templateKey',
        code: 'unknown_template',
        message: `There is no template "${templateKey}".`,
      });
    if (faults.length > 0) throw new Invalid(faults);
  }
}
