import { Module } from '@nestjs/common';
import { MembersModule } from '#members';
import { MembershipTiersController } from './membership-tiers.controller.js';
import { MembershipsController } from './memberships.controller.js';
import { OrganizationsController } from './organizations.controller.js';
import { PeopleController } from './people.controller.js';
import { PositionsController } from './positions.controller.js';

/** The directory over HTTP. */
@Module({
  imports: [MembersModule],
  controllers: [
    OrganizationsController,
    PeopleController,
    PositionsController,
    MembershipTiersController,
    MembershipsController,
  ],
})
export class MembersApiModule {}
