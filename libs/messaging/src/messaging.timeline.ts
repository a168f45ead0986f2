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

/** Invitations and their answers. */
const invitations = (
  kind: string,
  at: 'created_at' | 'responded_at',
  column: 'person_id' | 'about_id',
  of?: TimelineSource['of'],
): TimelineSource => ({
  name: `${kind}_by_${column}`,
  ...(of && { of }),
  kinds: [kind],
  from: 'invitations i JOIN records v ON v.id = i.about_id',
  where: `i.${column} = $1 AND i.${at} IS NOT NULL`,
  at: `i.${at}`,
  id: 'i.id',
  about: column === 'person_id' ? 'i.about_id' : 'i.person_id',
  detail: `jsonb_strip_nulls(jsonb_build_object('invitationId', i.id, 'status', i.status,
    'note', ${at === 'responded_at' ? 'i.note' : 'NULL'}, 'cancelled', CASE WHEN i.cancelled_at IS NOT NULL THEN true END))`,
  visible: (may) => may('v'),
  permission: 'messages:read',
});

/** What invitations may be about. */
const EVENTS = ['conference', 'session', 'side_meeting', 'trade_mission'] as const;

export const messagingTimelines = [
  messages('messages_to', 'person_id', ['person']),
  messages('messages_about', 'about_id'),
  invitations('invited', 'created_at', 'person_id', ['person']),
  invitations('answered', 'responded_at', 'person_id', ['person']),
  invitations('invited', 'created_at', 'about_id', EVENTS),
  invitations('answered', 'responded_at', 'about_id', EVENTS),
];
