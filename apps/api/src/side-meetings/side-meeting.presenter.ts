import type { Created, ParticipantRow, SideMeetingRow } from '#side-meetings';
import type { CommitmentRow, TaskRow } from '#tasks';
import { presentEventTime } from '../calendar/event-time.presenter.js';
import { stamps } from '../http/format.js';
import { presentCommitment } from '../tasks/commitment.presenter.js';
import { presentTask } from '../tasks/task.presenter.js';
import type { ParticipantDto, SideMeetingDto, WholeSideMeetingDto } from './side-meeting-answer.dto.js';

export const presentSideMeeting = (row: SideMeetingRow & { participants?: ParticipantRow[] }): SideMeetingDto => ({
  ...stamps(row),
  title: row.title,
  kind: row.kind,
  status: row.status,
  ...presentEventTime(row),
  datePrecision: row.datePrecision,
  location: row.location,
  roomId: row.roomId,
  about: row.about,
  topics: row.topics,
  sectors: row.sectors,
  visibility: row.visibility,
  ownerIds: row.ownerIds,
  summary: row.summary,
  dealId: row.deal && 'id' in row.deal ? row.deal.id : null,
  cancellationReason: row.cancellationReason,
  ...(row.participants && { participants: row.participants.map(presentParticipant) }),
});

export const presentWholeSideMeeting = (
  row: SideMeetingRow & { participants: ParticipantRow[] },
  followUps: TaskRow[],
  commitments: CommitmentRow[],
): WholeSideMeetingDto => ({
  ...presentSideMeeting(row),
  followUps: followUps.map(presentTask),
  commitments: commitments.map(presentCommitment),
});

export const presentParticipant = (row: ParticipantRow): ParticipantDto => ({
  id: row.id,
  personId: row.personId,
  fullName: row.fullName,
  organizationId: row.organizationId,
  organization: row.organization,
  side: row.side,
  role: row.role,
  participation: row.participation,
});

export const presentCreated = ({ people, organizations }: Created): Created => ({
  people: people.map(({ id, fullName }) => ({ id, fullName })),
  organizations: organizations.map(({ id, name }) => ({ id, name })),
});
