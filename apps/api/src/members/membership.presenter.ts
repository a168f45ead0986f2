import type { MemberRow, MembershipRenewalRow, MembershipRow, MembershipTierRow, PersonMembershipRow } from '#members';
import { instant, stamps } from '../http/format.js';
import type {
  MemberDto,
  MembershipDto,
  MembershipRenewalDto,
  MembershipTierDto,
  PersonMembershipDto,
} from './membership.dto.js';

export const presentTier = (row: MembershipTierRow): MembershipTierDto => ({
  ...stamps(row),
  code: row.code,
  name: row.name,
  annualDues: row.annualDues,
  graceDays: row.graceDays,
});

export const presentMembership = (
  row: MembershipRow & { renewals?: object[]; reminderContact?: object | null },
): MembershipDto => ({
  ...stamps(row),
  organizationId: row.organizationId,
  personId: row.personId,
  tierCode: row.tierCode,
  joinedOn: row.joinedOn,
  startsOn: row.startsOn,
  endsOn: row.endsOn,
  status: row.status,
  cancelledOn: row.cancelledOn,
  cancellationReason: row.cancellationReason,
  ...(row.renewals && { renewals: row.renewals }),
  ...(row.reminderContact !== undefined && { reminderContact: row.reminderContact }),
});

export const presentPersonMembership = (row: PersonMembershipRow): PersonMembershipDto => ({
  ...presentMembership(row),
  inheritedFrom: row.inheritedFrom,
});

export const presentMembershipRenewal = (row: MembershipRenewalRow): MembershipRenewalDto => ({
  id: row.id,
  membershipId: row.membershipId,
  endedOn: row.endedOn,
  endsOn: row.endsOn,
  renewedAt: instant(row.renewedAt),
  renewedById: row.renewedById,
});

export const presentMember = (row: MemberRow): MemberDto => ({
  membershipId: row.membershipId,
  organization: row.organization,
  person: row.person,
  tier: row.tier,
  status: row.status,
  since: row.since,
  until: row.until,
  primaryContact: row.primaryContact,
});
