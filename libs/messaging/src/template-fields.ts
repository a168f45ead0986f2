/** Fields every template may use; what a message has no value for is empty. */
const COMMON = [
  'recipientName',
  'chamberName',
  'postalAddress',
  'title',
  'when',
  'endsOn',
  'whenYours',
  'timeZone',
  'place',
  'about',
  'note',
  'url',
  'participants',
  'topics',
  'lines',
  'code',
  'position',
  'wasWhen',
  'wasPlace',
  'backOn',
] as const;

/** Fields of mails about tasks and commitments. A count belongs to the list of its name, which may show fewer. */
export const TASK_FIELDS = [
  'assignee',
  'overdue',
  'overdueCount',
  'dueToday',
  'dueTodayCount',
  'upcoming',
  'upcomingCount',
  'closing',
  'closingCount',
  'owedBy',
  'owedTo',
  'assigner',
  'others',
] as const;

/** Fields of mails that ask for an answer. */
const ANSWERABLE = ['respondUrl', 'respondBy', 'unsubscribeUrl'] as const;

export type TemplateField = (typeof COMMON)[number] | (typeof TASK_FIELDS)[number] | (typeof ANSWERABLE)[number];

/** Built-in templates whose mails ask for no answer. */
const PLAIN = [
  'side_meeting_reminder',
  'membership_reminder',
  'notice',
  'bad_address',
  'conference_reminder',
  'session_reminder',
  'delegate_reminder',
  'milestone_reminder',
  'registration_confirmed',
  'registration_waitlisted',
  'registration_promoted',
  'registration_cancelled',
  'event_called_off',
  'invitation_withdrawn',
];

/** Those about tasks and commitments. */
const OF_TASKS = ['task_reminder', 'task_digest', 'task_escalation', 'task_assigned', 'commitment_reminder'];

/** What `{{…}}` may name in the template of this key. */
export const fieldsOf = (key: string): readonly TemplateField[] =>
  OF_TASKS.includes(key) ? [...COMMON, ...TASK_FIELDS] : PLAIN.includes(key) ? COMMON : [...COMMON, ...ANSWERABLE];

/** What it must show: an invitation that cannot be answered is a defect, as is one without a way out of further ones. */
export const requiredFieldsOf = (key: string): readonly TemplateField[] =>
  key === 'invitation' || key === 'nudge' ? ['respondUrl', 'unsubscribeUrl'] : [];

/** Mails of these templates carry the way out of further ones. */
export const isUnsubscribable = (key: string): boolean => key === 'invitation' || key === 'nudge';

/** The view a template is rendered with: allow-listed names only, without a prototype. */
export type MailView = Partial<Record<TemplateField, string | string[]>>;
