import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { AuditedStore, definedOnly } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { Invalid } from '#faults';
import { MembershipCancelled, MembershipOverlap, TierArchived, unknownReference } from './members.errors.js';
import { MembershipRemindersService } from './membership-reminders.service.js';
import { Membership } from './membership.entity.js';

export interface MembershipInput {
  organizationId?: string | null;
  personId?: string | null;
  tierCode: string;
  joinedOn?: string;
  startsOn: string;
  endsOn: string;
}

/** Keeps the advisory locks of members apart from those of others. */
const LOCK_SEED = 180;

/** Writers of one member's memberships wait for each other here, before any row, and so never in a circle. */
const ONE_BY_ONE = `SELECT pg_advisory_xact_lock(hashtextextended(lower($1), ${LOCK_SEED}))`;
const ONE_BY_ONE_OF = `
  SELECT pg_advisory_xact_lock(hashtextextended(coalesce(organization_id, person_id)::text, ${LOCK_SEED})) FROM memberships WHERE id = $1`;

type Dates = Pick<Membership, 'joinedOn' | 'startsOn' | 'endsOn'>;

@Injectable()
export class MembershipsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly reminders: MembershipRemindersService,
  ) {}

  /** Throws Invalid, MembershipOverlap. */
  @Transactional()
  async create(input: MembershipInput): Promise<Membership> {
    const { organizationId = null, personId = null, tierCode, startsOn, endsOn } = input;
    const dates = { joinedOn: input.joinedOn ?? startsOn, startsOn, endsOn };
    demandOneMember(organizationId, personId);
    demandOrder(dates);
    await this.database.query(ONE_BY_ONE, [organizationId ?? personId]);
    const searchKey = await this.memberKey(organizationId, personId);
    const tierId = await this.tierId(tierCode);
    await this.demandNoOverlap({ organizationId, personId, ...dates });
    const membership = await this.store.insert(Membership, { organizationId, personId, tierId, ...dates, searchKey });
    await this.reminders.follow(membership.id);
    return membership;
  }

  /** Another tier or other dates; the member stays. Throws NotFound, Stale, Invalid, MembershipOverlap. */
  @Transactional()
  async update(
    id: string,
    patch: Partial<Omit<MembershipInput, 'organizationId' | 'personId'>>,
    version?: number,
  ): Promise<Membership> {
    const { tierCode, ...dates } = patch;
    const membership = await this.lockLive(id, version);
    const next = { ...membership, ...definedOnly(dates) };
    demandOrder(next);
    await this.demandNoOverlap(next);
    await this.store.update(Membership, membership, {
      ...dates,
      ...(tierCode !== undefined && { tierId: await this.tierId(tierCode) }),
    });
    await this.reminders.follow(id);
    return membership;
  }

  /** Moves the end: to `endsOn`, else a year on from the end or from yesterday, whichever is later. Throws NotFound, Invalid, MembershipCancelled, TierArchived. */
  @Transactional()
  async renew(id: string, endsOn?: string): Promise<Membership> {
    const membership = await this.lockLive(id);
    await this.demandLiveTier(membership.tierId);
    const endedOn = membership.endsOn;
    const next = endsOn ?? (await this.yearAfter(endedOn));
    if (next <= endedOn) throw Invalid.field('/endsOn', 'not_later', `A renewal ends after ${endedOn}.`);
    await this.demandNoOverlap({ ...membership, endsOn: next });
    await this.store.update(Membership, membership, { endsOn: next }, 'renewed');
    await this.database.query(
      'INSERT INTO membership_renewals (id, membership_id, ended_on, ends_on, renewed_by) VALUES ($1, $2, $3, $4, $5)',
      [v7(), id, endedOn, next, currentActor().id],
    );
    await this.reminders.follow(id);
    return membership;
  }

  /** Ends a membership today. Throws NotFound, MembershipCancelled. */
  @Transactional()
  async cancel(id: string, reason: string): Promise<Membership> {
    const membership = await this.lockLive(id);
    const cancelledOn = new Date().toISOString().slice(0, 10);
    await this.store.update(Membership, membership, { cancelledOn, cancellationReason: reason }, 'cancelled');
    await this.reminders.follow(id);
    return membership;
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.database.query(ONE_BY_ONE_OF, [id]);
    await this.store.archive(Membership, id, version);
    await this.reminders.follow(id);
  }

  private async lockLive(id: string, version?: number): Promise<Membership> {
    await this.database.query(ONE_BY_ONE_OF, [id]);
    const membership = await this.store.lock(Membership, id, version);
    if (membership.cancelledOn) throw new MembershipCancelled();
    return membership;
  }

  private async memberKey(organizationId: string | null, personId: string | null): Promise<string> {
    const record = await this.database.queryOne<{ key: string }>(
      `SELECT search_key AS key FROM records WHERE id = $1 AND type = $2 AND archived_at IS NULL FOR KEY SHARE`,
      organizationId ? [organizationId, 'organization'] : [personId, 'person'],
    );
    if (record) return record.key;
    throw organizationId
      ? unknownReference('/organizationId', 'organization with id', organizationId)
      : unknownReference('/personId', 'person with id', personId ?? '');
  }

  /** Keeps the tier from being archived until the commit, too. */
  private async tierId(code: string): Promise<string> {
    const tier = await this.database.queryOne<{ id: string }>(
      'SELECT id FROM membership_tiers WHERE code = $1 AND archived_at IS NULL FOR SHARE',
      [code],
    );
    if (!tier) throw unknownReference('/tierCode', 'tier with code', code);
    return tier.id;
  }

  private async demandLiveTier(id: string): Promise<void> {
    const tier = await this.database.queryOne<{ code: string; archived: boolean }>(
      'SELECT code, archived_at IS NOT NULL AS archived FROM membership_tiers WHERE id = $1 FOR SHARE',
      [id],
    );
    if (tier?.archived) throw new TierArchived(tier.code);
  }

  /** Says it kindly; under a race the exclusion constraint of the table says it again. */
  private async demandNoOverlap(membership: Partial<Membership>): Promise<void> {
    const other = await this.database.queryOne<{ id: string }>(
      `SELECT id FROM memberships WHERE coalesce(organization_id, person_id) = $1 AND id IS DISTINCT FROM $2
       AND cancelled_on IS NULL AND archived_at IS NULL AND daterange(starts_on, ends_on, '[]') && daterange($3, $4, '[]')`,
      [membership.organizationId ?? membership.personId, membership.id ?? null, membership.startsOn, membership.endsOn],
    );
    if (other) throw new MembershipOverlap(other.id);
  }

  private async yearAfter(endsOn: string): Promise<string> {
    const row = await this.database.queryOne<{ day: string }>(
      `SELECT (greatest($1::date, (now() AT TIME ZONE 'UTC')::date - 1) + interval '1 year')::date::text AS day`,
      [endsOn],
    );
    return row?.day ?? endsOn;
  }
}

function demandOneMember(organizationId: string | null, personId: string | null): void {
  if ((organizationId === null) === (personId === null)) {
    throw Invalid.field(
      '/organizationId',
      'one_member',
      'A membership belongs to an organization or to a person: give one of organizationId and personId.',
    );
  }
}

function demandOrder({ joinedOn, startsOn, endsOn }: Dates): void {
  if (joinedOn > startsOn) throw Invalid.field('/joinedOn', 'joined_after_start', 'joinedOn cannot be after startsOn.');
  if (startsOn > endsOn) throw Invalid.field('/endsOn', 'ends_before_start', 'endsOn cannot be before startsOn.');
}
