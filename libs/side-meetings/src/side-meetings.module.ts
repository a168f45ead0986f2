import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarModule } from '#calendar';
import { MembersModule } from '#members';
import { MessagingModule } from '#messaging';
import { TasksModule } from '#tasks';
import { EventParts, TimelineSources } from '#records';
import { RemindersModule, ReminderSources } from '#reminders';
import { EventGuests, InvitationAnswers, InvitationsModule } from '#invitations';
import { FollowUps } from './follow-ups.js';
import { LockedMeetings } from './locked-meetings.js';
import { MeetingLinks } from './meeting-links.js';
import { MeetingEffects } from './meeting-effects.js';
import { MeetingReminderSource } from './meeting-reminder-source.js';
import { MeetingSeriesService } from './meeting-series.service.js';
import { MissingPeople } from './missing-people.js';
import { isComing } from './participant.js';
import { ParticipantAnswersService } from './participant-answers.service.js';
import { ParticipantsResolver } from './participants-resolver.js';
import { ParticipantsReader } from './participants.reader.js';
import { ParticipantsService } from './participants.service.js';
import { ParticipantsStore } from './participants.store.js';
import { SideMeetingStepsService } from './side-meeting-steps.service.js';
import { SideMeeting } from './side-meeting.entity.js';
import { SideMeetingsReader } from './side-meetings.reader.js';
import { SideMeetingsService } from './side-meetings.service.js';
import { sideMeetingTimelines } from './side-meetings.timeline.js';

const shared = [
  SideMeetingsService,
  SideMeetingStepsService,
  MeetingSeriesService,
  ParticipantsService,
  SideMeetingsReader,
  ParticipantsReader,
];
const parts = [
  FollowUps,
  LockedMeetings,
  MeetingLinks,
  MeetingEffects,
  MeetingReminderSource,
  MissingPeople,
  ParticipantAnswersService,
  ParticipantsResolver,
  ParticipantsStore,
];

/** Meetings beside the programme: who, when, about what, and what came of it. */
@Module({
  imports: [
    TypeOrmModule.forFeature([SideMeeting]),
    CalendarModule,
    MessagingModule,
    RemindersModule,
    InvitationsModule,
    TasksModule,
    MembersModule,
  ],
  providers: [...shared, ...parts],
  exports: shared,
})
export class SideMeetingsModule {
  constructor(
    timelines: TimelineSources,
    answers: InvitationAnswers,
    participants: ParticipantAnswersService,
    sources: ReminderSources,
    reminders: MeetingReminderSource,
    guests: EventGuests,
    store: ParticipantsStore,
    parts: EventParts,
  ) {
    timelines.register(...sideMeetingTimelines);
    parts.register('SELECT record_id AS whole, meeting_id AS part FROM side_meeting_abouts');
    sources.register(reminders);
    answers.listen(
      'side_meeting',
      (answer) => participants.follow(answer),
      (withdrawn) => participants.followWithdrawal(withdrawn),
    );
    guests.register('side_meeting', async (ids) =>
      [...(await store.attendances(ids))].flatMap(([aboutId, { attendants }]) =>
        attendants.map((attendant) => ({ aboutId, personId: attendant.personId, takesPart: isComing(attendant) })),
      ),
    );
  }
}
