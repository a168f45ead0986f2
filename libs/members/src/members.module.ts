import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Organization } from './organization.entity.js';
import { OrganizationsReader } from './organizations.reader.js';
import { OrganizationsService } from './organizations.service.js';
import { PeopleReader } from './people.reader.js';
import { PeopleService } from './people.service.js';
import { Person } from './person.entity.js';
import { Position } from './position.entity.js';
import { PositionsReader } from './positions.reader.js';
import { PositionsService } from './positions.service.js';

const services = [OrganizationsService, PeopleService, PositionsService];
const readers = [OrganizationsReader, PeopleReader, PositionsReader];

/** The directory: organizations, people, and who holds which title where. */
@Module({
  imports: [TypeOrmModule.forFeature([Organization, Person, Position])],
  providers: [...services, ...readers],
  exports: [...services, ...readers],
})
export class MembersModule {}
