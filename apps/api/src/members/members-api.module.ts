import { Module } from '@nestjs/common';
import { MembersModule } from '#members';
import { OrganizationsController } from './organizations.controller.js';

/** The directory over HTTP. */
@Module({ imports: [MembersModule], controllers: [OrganizationsController] })
export class MembersApiModule {}
