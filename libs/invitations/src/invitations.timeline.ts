import type { TimelineSource } from '#records';

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

export const invitationTimelines = [
  invitations('invited', 'created_at', 'person_id', ['person']),
  invitations('answered', 'responded_at', 'person_id', ['person']),
  invitations('invited', 'created_at', 'about_id', EVENTS),
  invitations('answered', 'responded_at', 'about_id', EVENTS),
];
