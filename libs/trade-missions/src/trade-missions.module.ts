import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '#access';
import { CalendarModule } from '#calendar';
import { EventGuests, InvitationAnswers, InvitationsModule } from '#invitations';
import { MembersModule } from '#members';
import { TimelineSources } from '#records';
import { RemindersModule, ReminderSources } from '#reminders';
import { DelegateAnswers } from './delegate-answers.js';
import { DelegateDrafts } from './delegate-drafts.js';
import { DelegateEffects } from './delegate-effects.js';
import { DelegateReminders } from './delegate-reminders.js';
import { DelegatesService } from './delegates.service.js';
import { delegateTimelines } from './delegates.timeline.js';
import { HostsService } from './hosts.service.js';
import { ItineraryCalendarsReader } from './itinerary-calendars.reader.js';
import { ItineraryService } from './itinerary.service.js';
import { MilestoneReminders } from './milestone-reminders.js';
import { Milestone } from './milestone.entity.js';
import { MilestonesReader } from './milestones.reader.js';
import { MilestonesService } from './milestones.service.js';
import { MissionReadinessReader } from './mission-readiness.reader.js';
import { MissionChanges } from './mission-changes.js';
import { MissionEffects } from './mission-effects.js';
import { MissionItinerary } from './mission-itinerary.js';
import { tradeMissionTimelines } from './trade-missions.timeline.js';
import { TradeMissionsService } from './trade-missions.service.js';
import { Delegate } from './delegate.entity.js';
import { DelegatesReader } from './delegates.reader.js';
import { HostsReader } from './hosts.reader.js';
import { ItineraryBookings } from './itinerary-bookings.js';
import { ItineraryItem } from './itinerary-item.entity.js';
import { ItineraryReader } from './itinerary.reader.js';
import { LockedMissions } from './locked-missions.js';
import { MissionHost } from './mission-host.entity.js';
import { TradeMission } from './trade-mission.entity.js';
import { TradeMissionsReader } from './trade-missions.reader.js';

const services = [TradeMissionsService, DelegatesService, MilestonesService, HostsService, ItineraryService];
const readers = [
  TradeMissionsReader,
  MissionReadinessReader,
  DelegatesReader,
  MilestonesReader,
  HostsReader,
  ItineraryReader,
  ItineraryCalendarsReader,
];
/** What the services of missions and delegates share. */
const inner = [
  ItineraryBookings,
  LockedMissions,
  MissionChanges,
  MissionEffects,
  MissionItinerary,
  DelegateAnswers,
  DelegateDrafts,
  DelegateEffects,
  DelegateReminders,
  MilestoneReminders,
];

/** Trade missions: who travels, who receives them, and what they do when and where. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Delegate, Milestone, TradeMission, MissionHost, ItineraryItem]),
    AccessModule,
    CalendarModule,
    MembersModule,
    RemindersModule,
    InvitationsModule,
  ],
  providers: [...services, ...readers, ...inner],
  exports: [...services, ...readers, LockedMissions, MissionChanges],
})
export class TradeMissionsModule {
  constructor(
    timelines: TimelineSources,
    answers: InvitationAnswers,
    delegateAnswers: DelegateAnswers,
    guests: EventGuests,
    delegates: DelegatesReader,
    sources: ReminderSources,
    reminders: DelegateReminders,
  ) {
    timelines.register(...tradeMissionTimelines, ...delegateTimelines);
    answers.listen(
      'trade_mission',
      (answer) => delegateAnswers.follow(answer),
      (withdrawn) => delegateAnswers.followWithdrawal(withdrawn),
      (invited) => delegateAnswers.followInvited(invited),
    );
    guests.register('trade_mission', (ids) => delegates.guestsOf(ids));
    guests.registerTasks(
      'SELECT d.mission_id AS event, s.id AS task FROM delegates d JOIN milestones s ON s.delegate_id = d.id',
    );
    sources.register(reminders);
  }
}
