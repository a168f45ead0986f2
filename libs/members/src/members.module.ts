import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessagingModule } from '#messaging';
import { TimelineSources } from '#records';
import { RemindersModule, ReminderSources } from '#reminders';
import { DirectoryMatchesReader } from './directory-matches.reader.js';
import { AudienceReader } from './audience.reader.js';
import { MembersReader } from './members.reader.js';
import { MembershipReminderSource } from './membership-reminder-source.js';
import { MembershipRemindersPlanner } from './membership-reminders.planner.js';
import { MembershipRemindersService } from './membership-reminders.service.js';
import { MembershipReportReader } from './membership-report.reader.js';
import { MembershipTier } from './membership-tier.entity.js';
import { MembershipTiersReader } from './membership-tiers.reader.js';
import { MembershipTiersService } from './membership-tiers.service.js';
import { Membership } from './membership.entity.js';
import { MembershipsReader } from './memberships.reader.js';
import { MembershipsService } from './memberships.service.js';
import { Organization } from './organization.entity.js';
import { OrganizationsReader } from './organizations.reader.js';
import { OrganizationsService } from './organizations.service.js';
import { PeopleReader } from './people.reader.js';
import { PeopleService } from './people.service.js';
import { Person } from './person.entity.js';
import { Position } from './position.entity.js';
import { PositionsReader } from './positions.reader.js';
import { PositionsService } from './positions.service.js';
import { memberTimelines } from './members.timeline.js';

const services = [
  OrganizationsService,
  PeopleService,
  PositionsService,
  MembershipTiersService,
  MembershipsService,
  MembershipRemindersService,
  MembershipRemindersPlanner,
];
const readers = [
  OrganizationsReader,
  PeopleReader,
  PositionsReader,
  MembershipTiersReader,
  MembershipsReader,
  MembershipReportReader,
  MembersReader,
  AudienceReader,
  DirectoryMatchesReader,
];

/** The directory: organizations, people, who holds which title where, and who is a member. */
@Module({
  imports: [
    MessagingModule,
    RemindersModule,
    TypeOrmModule.forFeature([Organization, Person, Position, MembershipTier, Membership]),
  ],
  providers: [...services, ...readers, MembershipReminderSource],
  exports: [...services, ...readers],
})
export class MembersModule {
  constructor(timelines: TimelineSources, sources: ReminderSources, reminders: MembershipReminderSource) {
    timelines.register(...memberTimelines);
    sources.register(reminders);
  }
}
