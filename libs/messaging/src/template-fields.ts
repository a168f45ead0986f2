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
] as const;

/** Fields of mails that ask for an answer. */
const ANSWERABLE = ['respondUrl', 'respondBy', 'unsubscribeUrl'] as const;

export type TemplateField = (typeof COMMON)[number] | (typeof ANSWERABLE)[number];

/** Built-in templates whose mails ask for no answer. */
const PLAIN = ['side_meeting_reminder', 'task_reminder', 'membership_reminder', 'notice', 'bad_address'];

/** What `{{…}}` may name in the template of this key. */
export const fieldsOf = (key: string): readonly TemplateField[] =>
  PLAIN.includes(key) ? COMMON : [...COMMON, ...ANSWERABLE];

/** What it must name: an invitation that cannot be answered is a defect. */
export const requiredFieldsOf = (key: string): readonly TemplateField[] =>
  key === 'invitation' || key === 'nudge' ? ['respondUrl'] : [];

/** Mails of these templates carry the way out of further ones. */
export const isUnsubscribable = (key: string): boolean => key === 'invitation' || key === 'nudge';

/** The view a template is rendered with: allow-listed names only, without a prototype. */
export type MailView = Partial<Record<TemplateField, string | string[]>>;
