import { Injectable } from '@nestjs/common';
import { copyRows, type LostRow } from '#imports';
import { currentActor, Database } from '#database';
import { newId } from './import-ids.js';
import type { Plan, PlannedRow } from './import-subject.js';

interface Renewal {
  membershipId: string;
  endedOn: string;
  endsOn: string;
}

/** Keeps the history of memberships that files renew: a list that comes every year is how many members are. */
@Injectable()
export class ImportRenewals {
  constructor(private readonly database: Database) {}

  /** For the rows of a batch that have just been written, all but the lost ones. */
  async note(planned: PlannedRow[], lost: LostRow[]): Promise<void> {
    const except = new Set(lost.map(({ rowNumber }) => rowNumber));
    const renewals = planned.flatMap(({ rowNumber, plan }) => (except.has(rowNumber) ? [] : renewalOf(plan)));
    if (renewals.length === 0) return;
    const by = currentActor().id;
    await copyRows(
      this.database,
      'membership_renewals (id, membership_id, ended_on, ends_on, renewed_by)',
      renewals.map(({ membershipId, endedOn, endsOn }) => [newId(), membershipId, endedOn, endsOn, by]),
    );
  }

  /** What plans that are taken back have renewed is so no more, where the former end is there again. */
  async takeBack(plans: Plan[]): Promise<void> {
    const renewals = plans.flatMap(renewalOf);
    if (renewals.length === 0) return;
    await this.database.query(TAKEN_BACK, [
      renewals.map(({ membershipId }) => membershipId),
      renewals.map(({ endedOn }) => endedOn),
      renewals.map(({ endsOn }) => endsOn),
    ]);
  }
}

/** A later end, while the tier and the first day stay: anything else sets something right. */
function renewalOf({ membership }: Plan): Renewal[] {
  const { id, before = {}, after } = membership ?? { id: '', after: {} };
  const [endedOn, endsOn] = [before.ends_on, after.ends_on];
  if (typeof endedOn !== 'string' || typeof endsOn !== 'string' || endsOn <= endedOn) return [];
  const goesOn = !('tier_id' in before) && !('starts_on' in before) && !('cancelled_on' in before);
  return goesOn ? [{ membershipId: id, endedOn, endsOn }] : [];
}

const TAKEN_BACK = `
  DELETE FROM membership_renewals r
  USING unnest($1::uuid[], $2::date[], $3::date[]) AS x (membership_id, ended_on, ends_on), memberships m
  WHERE r.membership_id = x.membership_id AND r.ended_on = x.ended_on AND r.ends_on = x.ends_on
    AND m.id = x.membership_id AND m.ends_on = x.ended_on`;
