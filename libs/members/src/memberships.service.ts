import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { AuditedStore, definedOnly } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { Invalid } from '#faults';
import { MembershipCancelled, MembershipOverlap, unknownReference } from './members.errors.js';
import { Membership } from './membership.entity.js';

export interface MembershipInput {
  organizationId?: string | null;
  personId?: string | null;
  tierCode: string;
  joinedOn?: string;
  startsOn: string;
  endsOn: string;
}

type Dates = Pick<Membership, 'joinedOn' | 'startsOn' | 'endsOn'>;

@Injectable()
export class MembershipsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
  ) {}

  /** Throws Invalid, MembershipOverlap. */
  @Transactional()
  async create(input: MembershipInput): Promise<Membership> {
    const { organizationId = null, personId = null, tierCode, startsOn, endsOn } = input;
    const dates = { joinedOn: input.joinedOn ?? startsOn, startsOn, endsOn };
    demandOneMember(organizationId, personId);
    demandOrder(dates);
    const searchKey = await this.memberKey(organizationId, personId);
    const tierId = await this.tierId(tierCode);
    await this.demandNoOverlap({ organizationId, personId, ...dates });
    return this.store.insert(Membership, { organizationId, personId, tierId, ...dates, searchKey });
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
    return this.store.update(Membership, membership, {
      ...dates,
      ...(tierCode !== undefined && { tierId: await this.tierId(tierCode) }),
    });
  }

  /** Moves the end: to `endsOn`, else a year on from the end or from yesterday, whichever is later. Throws NotFound, Invalid, MembershipCancelled. */
  @Transactional()
  async renew(id: string, endsOn?: string): Promise<Membership> {
    const membership = await this.lockLive(id);
    const endedOn = membership.endsOn;
    const next = endsOn ?? (await this.yearAfter(endedOn));
    if (next <= endedOn) throw Invalid.field('/endsOn', 'not_later', `A renewal ends after ${endedOn}.`);
    await this.demandNoOverlap({ ...membership, endsOn: next });
    await this.store.update(Membership, membership, { endsOn: next }, 'renewed');
    await this.database.query(
      'INSERT INTO membership_renewals (id, membership_id, ended_on, ends_on, renewed_by) VALUES ($1, $2, $3, $4, $5)',
      [v7(), id, endedOn, next, currentActor().id],
    );
    return membership;
  }

  /** Ends a membership today. Throws NotFound, MembershipCancelled. */
  @Transactional()
  async cancel(id: string, reason: string): Promise<Membership> {
    const membership = await this.lockLive(id);
    const cancelledOn = new Date().toISOString().slice(0, 10);
    return this.store.update(Membership, membership, { cancelledOn, cancellationReason: reason }, 'cancelled');
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.store.archive(Membership, id, version);
  }

  private async lockLive(id: string, version?: number): Promise<Membership> {
    const membership = await this.store.lock(Membership, id, version);
    if (membership.cancelledOn) throw new MembershipCancelled();
    return membership;
  }

  private async memberKey(organizationId: string | null, personId: string | null): Promise<string> {
    const record = await this.database.queryOne<{ key: string }>(
      `SELECT search_key AS key FROM records WHERE id = $1 AND type = $2 AND archived_at IS NULL`,
      organizationId ? [organizationId, 'organization'] : [personId, 'person'],
    );
    if (record) return record.key;
    throw organizationId
      ? unknownReference('/organizationId', 'organization with id', organizationId)
      : unknownReference('/personId', 'person with id', personId ?? '');
  }

  private async tierId(code: string): Promise<string> {
    const tier = await this.database.queryOne<{ id: string }>(
      'SELECT id FROM membership_tiers WHERE code = $1 AND archived_at IS NULL',
      [code],
    );
    if (!tier) throw unknownReference('/tierCode', 'tier with code', code);
    return tier.id;
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
