import type { MemberRow, MembershipRow, MembershipTierRow } from '#members';
import { stamps } from '../http/format.js';
import type { MemberDto, MembershipDto, MembershipTierDto } from './membership.dto.js';

export const presentTier = (row: MembershipTierRow): MembershipTierDto => ({
  ...stamps(row),
  code: row.code,
  name: row.name,
  annualDues: row.annualDues,
  graceDays: row.graceDays,
});

export const presentMembership = (row: MembershipRow & { renewals?: object[] }): MembershipDto => ({
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
