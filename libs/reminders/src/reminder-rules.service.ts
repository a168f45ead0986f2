import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { Database, Transactional } from '#database';
import { Invalid } from '#faults';
import { STOPPABLE, takenBack, TemplatesReader } from '#messaging';
import { ruleFaults } from './reminder-rule-faults.js';
import { ReminderRule } from './reminder-rule.entity.js';
import type { ReminderSubjectKind } from './reminder-subject.js';
import { ReminderRuleExists } from './reminders.errors.js';
import { lockRules } from './rules-lock.js';

export interface ReminderRuleInput {
  subject: ReminderSubjectKind;
  /** ISO 8601 duration from the subject's instant: `-P1D` is a day before. */
  offset: string;
  /** `HH:MM` in the subject's zone, for an offset of whole days. */
  atLocalTime?: string | null;
  /** `all` when absent. */
  audience?: string;
  templateKey: string;
  /** true when absent. */
  enabled?: boolean;
}

/**
 * Rules take effect on what is planned already: what a rule no longer wants is taken back with it, and the worker plans
 * anew what is still ahead of the kind. What has gone out by a rule does not go out again by its new terms.
 */
@Injectable()
export class ReminderRulesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly templates: TemplatesReader,
  ) {}

  /** Throws Invalid, ReminderRuleExists. */
  @Transactional()
  async create(input: ReminderRuleInput): Promise<ReminderRule> {
    await lockRules(this.database);
    const rule = { audience: 'all', enabled: true, atLocalTime: null, ...input };
    await this.demandSound(rule);
    const created = await this.store.insert(ReminderRule, rule);
    await this.replan(created.subject);
    return created;
  }

  /** Throws NotFound, Stale, Invalid, ReminderRuleExists. */
  @Transactional()
  async update(id: string, patch: Partial<ReminderRuleInput>, version?: number): Promise<ReminderRule> {
    await lockRules(this.database);
    const stored = await this.store.lock(ReminderRule, id, version);
    const before = { ...stored };
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const wanted: Terms = { ...before, ...given };
    if (wanted.enabled || saysOtherwise(before, wanted)) await this.demandSound(wanted, id);
    const rule = await this.store.update(ReminderRule, stored, patch);
    if (!rule.enabled || remindsOtherwise(before, rule)) await this.takeBack(id);
    if (rule.enabled !== before.enabled || saysOtherwise(before, rule)) await this.replan(before.subject, rule.subject);
    return rule;
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await lockRules(this.database);
    const { subject } = await this.store.archive(ReminderRule, id, version);
    await this.takeBack(id);
    await this.replan(subject);
  }

  private async demandSound(rule: Terms, id?: string): Promise<void> {
    const faults = ruleFaults(rule);
    if (!(await this.templates.exists(rule.templateKey)))
      faults.push({
        pointer: '/templateKey',
        code: 'unknown_template',
        message: `There is no template "${rule.templateKey}".`,
      });
    else if (rule.subject === 'invitation' && !(await this.templates.isAnswerable(rule.templateKey)))
      faults.push({
        pointer: '/templateKey',
        code: 'unanswerable_template',
        message: `Who has not answered is asked again: "${rule.templateKey}" must show {{respondUrl}} in every language.`,
      });
    if (faults.length > 0) throw new Invalid(faults);
    const { subject, offset, atLocalTime, audience, templateKey } = rule;
    const same = [id ?? null, subject, offset, atLocalTime, audience, templateKey];
    const other = await this.database.queryOne<{ id: string }>(SAME, same);
    if (other) throw new ReminderRuleExists(other.id);
  }

  private async takeBack(ruleId: string): Promise<void> {
    await this.database.query(TAKE_BACK, [ruleId]);
  }

  /** Leaves what is ahead of these kinds to the worker, from the first on. */
  private async replan(...subjects: ReminderSubjectKind[]): Promise<void> {
    await this.database.query(REPLAN, [[...new Set(subjects)]]);
  }
}

type Terms = Pick<ReminderRule, 'subject' | 'offset' | 'atLocalTime' | 'audience' | 'templateKey' | 'enabled'>;

/** Whether what a rule speaks of, when, to whom or in which words has changed. */
const saysOtherwise = (before: Terms, after: Terms): boolean =>
  remindsOtherwise(before, after) || before.audience !== after.audience || before.templateKey !== after.templateKey;

/** Whether all that was planned by it is planned for the wrong thing or time; who and what are set right in passing. */
const remindsOtherwise = (before: Terms, after: Terms): boolean =>
  before.subject !== after.subject || before.offset !== after.offset || before.atLocalTime !== after.atLocalTime;

const SAME = `
  SELECT id FROM reminder_rules
  WHERE archived_at IS NULL AND id IS DISTINCT FROM $1::uuid AND subject = $2 AND offset_from = $3
    AND at_local_time IS NOT DISTINCT FROM $4::text AND audience = $5 AND template_key = $6 LIMIT 1`;

const TAKE_BACK = `UPDATE messages SET ${takenBack(`'no_longer_wanted'`)} WHERE rule_id = $1 AND ${STOPPABLE}`;

const REPLAN = `
  INSERT INTO reminder_replans (subject) SELECT unnest($1::text[]) ORDER BY 1
  ON CONFLICT (subject) DO UPDATE SET after_id = NULL, requested_at = now()`;
