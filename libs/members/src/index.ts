export { type Audience, type AudienceMember, AudienceReader } from './audience.reader.js';
export {
  DirectoryMatchesReader,
  type OrganizationMatch,
  type OrganizationQuestion,
  type PersonMatch,
  type PersonQuestion,
} from './directory-matches.reader.js';
export { HOUSE, HOUSE_PEOPLE, ofHouseSql } from './house.sql.js';
export { organizationAliasKey, organizationKeys, personKeys, websiteDomain } from './keys.js';
export { MembersModule } from './members.module.js';
export { MembersReader, membersList, type MemberRow } from './members.reader.js';
export { MembershipRemindersPlanner } from './membership-reminders.planner.js';
export {
  type MembershipFigures,
  type MembershipReport,
  MembershipReportReader,
  type MembershipReportRequest,
  type TierFigures,
} from './membership-report.reader.js';
export { MembershipTiersReader, membershipTiersList, type MembershipTierRow } from './membership-tiers.reader.js';
export { type MembershipTierInput, MembershipTiersService } from './membership-tiers.service.js';
export {
  membershipRenewalsList,
  type MembershipRenewalRow,
  MembershipsReader,
  membershipsList,
  type MembershipRow,
  personMembershipsList,
  type PersonMembershipRow,
} from './memberships.reader.js';
export { type MembershipInput, MembershipsService } from './memberships.service.js';
export { Organization, ORGANIZATION_KINDS, type OrganizationKind } from './organization.entity.js';
export { PARENTS_TAKE_TURNS } from './organization-parents.js';
export { OrganizationsReader, organizationsList, type OrganizationRow } from './organizations.reader.js';
export { type OrganizationInput, OrganizationsService } from './organizations.service.js';
export { PeopleReader, peopleList, type PersonRow } from './people.reader.js';
export { PeopleService, type PersonInput } from './people.service.js';
export { Person } from './person.entity.js';
export { PositionsReader, positionsList, type PositionRow } from './positions.reader.js';
export { type PositionInput, PositionsService } from './positions.service.js';
export { remembered } from './remembered.js';
