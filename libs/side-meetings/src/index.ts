export type { MeetingDraft, MeetingMove } from './meeting-draft.js';
export { MeetingSeriesService } from './meeting-series.service.js';
export type { Created } from './missing-people.js';
export { PARTICIPANT_SIDES, type Participation, type ParticipantSide } from './participant.js';
export { ParticipantsReader, participantsList } from './participants.reader.js';
export { ParticipantsService } from './participants.service.js';
export { SIDE_MEETING_STATUSES, type SideMeetingStatus } from './side-meeting-status.js';
export { SideMeetingStepsService } from './side-meeting-steps.service.js';
export { SIDE_MEETING_KINDS, type SideMeetingKind, VISIBILITIES, type Visibility } from './side-meeting.entity.js';
export { SideMeetingsModule } from './side-meetings.module.js';
export {
  type ParticipantRow,
  type SideMeetingRow,
  SideMeetingsReader,
  sideMeetingsList,
} from './side-meetings.reader.js';
export { SideMeetingsService } from './side-meetings.service.js';
