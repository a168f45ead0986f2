export {
  DELEGATE_ROLES,
  DELEGATE_STATUSES,
  type DelegateRole,
  type DelegateStatus,
  takesPart,
  TAKING_PART,
  VISA_STATUSES,
  type VisaStatus,
} from './delegate-status.js';
export type { DelegateInput, DelegatePatch } from './delegate-drafts.js';
export { type DelegateRow, DelegatesReader, delegatesList, type MeetingAhead } from './delegates.reader.js';
export { DelegatesService } from './delegates.service.js';
export { HOST_STATUSES, type HostStatus } from './mission-host.entity.js';
export { type HostRow, HostsReader, hostsList } from './hosts.reader.js';
export { type ItineraryDelegate, type ItineraryItemRow, ItineraryReader, itineraryList } from './itinerary.reader.js';
export { LockedMissions } from './locked-missions.js';
export { MILESTONE_AUDIENCES, MILESTONE_KINDS, type MilestoneAudience, type MilestoneKind } from './milestone-kind.js';
export { type MilestoneRow, MilestonesReader, milestonesList } from './milestones.reader.js';
export { type MilestoneInput, MilestonesService } from './milestones.service.js';
export { type MissionReadiness, MissionReadinessReader } from './mission-readiness.reader.js';
export { MISSION_STATUSES, type MissionStatus } from './mission-status.js';
export { MISSION_DIRECTIONS, type MissionDirection, TradeMission } from './trade-mission.entity.js';
export { TradeMissionsModule } from './trade-missions.module.js';
export { type TradeMissionRow, TradeMissionsReader, tradeMissionsList } from './trade-missions.reader.js';
export { type HostInput, HostsService } from './hosts.service.js';
export { ItineraryCalendarsReader } from './itinerary-calendars.reader.js';
export { ITINERARY_KIND_FORM, ITINERARY_KINDS } from './itinerary-kinds.js';
export { type ItineraryItemInput, ItineraryService } from './itinerary.service.js';
export { type ChangedMission, MissionChanges } from './mission-changes.js';
export { type TradeMissionInput, type TradeMissionPatch, TradeMissionsService } from './trade-missions.service.js';
export { MissionCancelled } from './trade-missions.errors.js';
