export { MembersModule } from './members.module.js';
export { ORGANIZATION_KINDS, type OrganizationKind } from './organization.entity.js';
export { OrganizationsReader, organizationsList, type OrganizationRow } from './organizations.reader.js';
export { type OrganizationInput, OrganizationsService } from './organizations.service.js';
export { PeopleReader, peopleList, type PersonRow } from './people.reader.js';
export { PeopleService, type PersonInput } from './people.service.js';
export { PositionsReader, positionsList, type PositionRow } from './positions.reader.js';
export { type PositionInput, PositionsService } from './positions.service.js';
