import type { TimelineSource } from '#records';

/** Mail that went out: to a person, or about a record. What it is about may be for few eyes only. */
const messages = (name: string, column: 'person_id' | 'about_id', of?: TimelineSource['of']): TimelineSource => ({
  name,
  ...(of && { of }),
  kinds: ['message_sent'],
  from: 'messages m LEFT JOIN records v ON v.id = m.about_id',
  where: `m.${column} = $1 AND m.status = 'sent'`,
  at: 'm.sent_at',
  id: 'm.id',
  about: column === 'person_id' ? 'm.about_id' : 'm.person_id',
  title: 'm.subject',
  detail: `jsonb_build_object('messageId', m.id, 'kind', m.kind, 'email', m.email)`,
  visible: (may) => `(v.id IS NULL OR ${may('v')})`,
  permission: 'messages:read',
});

export const messagingTimelines = [
  messages('messages_to', 'person_id', ['person']),
  messages('messages_about', 'about_id'),
];
