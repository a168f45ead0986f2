import { Conflict } from '#faults';

/** Another rule says the same: both together would remind twice. */
export class ReminderRuleExists extends Conflict {
  constructor(id: string) {
    super(
      'reminder_rule_exists',
      'There is a rule already that reminds of the same, at the same time, in the same words.',
      {
        ruleId: id,
      },
    );
  }
}
