import { guardedBy, newestFirst, type TimelineSource } from '#records';

/** Mail that went out: to a person, or about a record. What it is about may be for few eyes only. */
const messages = (name: string, column: 'person_id' | 'about_id', of?: TimelineSource['of']): TimelineSource => ({
  name,
  ...(of && { of }),
  kinds: ['message_sent'],
  from:
    newestFirst(`SELECT sent_at AS at, id FROM messages WHERE ${column} = $1 AND status = 'sent'`, {
      m: 'SELECT * FROM messages WHERE id = x.id',
    }) + guardedBy('m.about_id'),
  where: 'true',
  at: 'x.at',
  id: 'x.id',
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
