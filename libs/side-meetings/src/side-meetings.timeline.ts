import type { TimelineSource } from '#records';

/**
 * Side meetings of those who took part, or about a record. The links hold the meeting's time, in the order of their
 * index; an organization may have sent several people to one meeting.
 */
const meetings = (of: string, table: string, column: string, types?: TimelineSource['of']): TimelineSource => ({
  name: `side_meetings_${of}`,
  ...(types && { of: types }),
  kinds: ['side_meeting'],
  from: `(SELECT DISTINCT at, meeting_id FROM ${table} WHERE ${column} = $1 ORDER BY at DESC, meeting_id DESC) x
    CROSS JOIN LATERAL (SELECT * FROM side_meetings WHERE id = x.meeting_id OFFSET 0) m`,
  where: 'm.archived_at IS NULL',
  at: 'x.at',
  id: 'x.meeting_id',
  about: 'm.id',
  title: 'm.title',
  detail: `jsonb_strip_nulls(jsonb_build_object('kind', m.kind, 'status', m.status, 'location', m.location, 'datePrecision', m.date_precision))`,
  visible: (may) => may('m'),
});

export const sideMeetingTimelines = [
  meetings('of_person', 'side_meeting_participants', 'person_id', ['person']),
  meetings('of_organization', 'side_meeting_participants', 'organization_id', ['organization']),
  meetings('about', 'side_meeting_abouts', 'record_id'),
];
