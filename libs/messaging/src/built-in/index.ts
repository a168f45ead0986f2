import { BAD_ADDRESS } from './bad-address.js';
import { COMMITMENT_REMINDER } from './commitment-reminder.js';
import { CONFERENCE_REMINDER } from './conference-reminder.js';
import { DELEGATE_REMINDER } from './delegate-reminder.js';
import { EVENT_CALLED_OFF, EVENT_MOVED, INVITATION_WITHDRAWN } from './event-news.js';
import { INVITATION } from './invitation.js';
import { MEMBERSHIP_REMINDER } from './membership-reminder.js';
import { MILESTONE_REMINDER } from './milestone-reminder.js';
import { NOTICE } from './notice.js';
import { NUDGE } from './nudge.js';
import {
  REGISTRATION_CANCELLED,
  REGISTRATION_CONFIRMED,
  REGISTRATION_PROMOTED,
  REGISTRATION_WAITLISTED,
} from './registration.js';
import { SESSION_REMINDER } from './session-reminder.js';
import { SIDE_MEETING_REMINDER } from './side-meeting-reminder.js';
import { TASK_ASSIGNED } from './task-assigned.js';
import { TASK_DIGEST } from './task-digest.js';
import { TASK_ESCALATION } from './task-escalation.js';
import { TASK_REMINDER } from './task-reminder.js';

export interface TemplateSource {
  key: string;
  locale: string;
  /** Mustache; one line. */
  subject: string;
  /** MJML, a fragment or whole, with Mustache fields. */
  body: string;
}

const BY_KEY = {
  side_meeting_reminder: SIDE_MEETING_REMINDER,
  task_reminder: TASK_REMINDER,
  task_digest: TASK_DIGEST,
  task_escalation: TASK_ESCALATION,
  task_assigned: TASK_ASSIGNED,
  commitment_reminder: COMMITMENT_REMINDER,
  membership_reminder: MEMBERSHIP_REMINDER,
  conference_reminder: CONFERENCE_REMINDER,
  session_reminder: SESSION_REMINDER,
  delegate_reminder: DELEGATE_REMINDER,
  milestone_reminder: MILESTONE_REMINDER,
  registration_confirmed: REGISTRATION_CONFIRMED,
  registration_waitlisted: REGISTRATION_WAITLISTED,
  registration_promoted: REGISTRATION_PROMOTED,
  registration_cancelled: REGISTRATION_CANCELLED,
  invitation: INVITATION,
  nudge: NUDGE,
  event_moved: EVENT_MOVED,
  event_called_off: EVENT_CALLED_OFF,
  invitation_withdrawn: INVITATION_WITHDRAWN,
  notice: NOTICE,
  bad_address: BAD_ADDRESS,
};

/** What every installation starts with; staff may put their own in place of each. */
export const BUILT_IN: TemplateSource[] = Object.entries(BY_KEY).flatMap(([key, locales]) =>
  Object.entries(locales).map(([locale, source]) => ({ key, locale, ...source })),
);
