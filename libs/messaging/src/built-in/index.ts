import { BAD_ADDRESS } from './bad-address.js';
import { INVITATION } from './invitation.js';
import { MEMBERSHIP_REMINDER } from './membership-reminder.js';
import { NOTICE } from './notice.js';
import { NUDGE } from './nudge.js';
import { SIDE_MEETING_REMINDER } from './side-meeting-reminder.js';
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
  membership_reminder: MEMBERSHIP_REMINDER,
  invitation: INVITATION,
  nudge: NUDGE,
  notice: NOTICE,
  bad_address: BAD_ADDRESS,
};

/** What every installation starts with; staff may put their own in place of each. */
export const BUILT_IN: TemplateSource[] = Object.entries(BY_KEY).flatMap(([key, locales]) =>
  Object.entries(locales).map(([locale, source]) => ({ key, locale, ...source })),
);
