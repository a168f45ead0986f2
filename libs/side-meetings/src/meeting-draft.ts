import type { FaultList, FieldFault } from '#faults';
import { nameKey, type RecordReference } from '#records';
import { type MeetingTime, meetingTime } from './meeting-time.js';
import type { ParticipantDraft, ParticipantSide } from './participant.js';
import type { SideMeeting, SideMeetingKind } from './side-meeting.entity.js';

/** A meeting to be, of people who are known. */
export interface MeetingDraft {
  title: string;
  kind: SideMeetingKind;
  startsAt: Date;
  endsAt: Date;
  /** IANA zone of the place. */
  timeZone: string;
  location?: string | null;
  roomId?: string | null;
  about: RecordReference[];
  topics?: string[];
  sectors?: string[];
  /** At least one, nobody twice. */
  participants: { personId: string; organizationId?: string | null; side: ParticipantSide; role?: string | null }[];
}

/** When, and perhaps where, a scheduled meeting is to be instead. */
export interface MeetingMove {
  id: string;
  startsAt: Date;
  endsAt: Date;
  /** Left out: stays; null: none. */
  location?: string | null;
  /** A room that the caller holds until the commit. Left out: stays; null: none. */
  roomId?: string | null;
}

/** What is stored of a draft, but for its time. */
export function draftFields(
  { title, kind, location = null, roomId = null, topics = [], sectors = [] }: MeetingDraft,
  codes: Map<string, string>,
): Partial<SideMeeting> {
  return {
    ...{ title, kind, location, roomId, topics },
    status: 'scheduled',
    visibility: 'internal',
    sectors: [...new Set(sectors.map((text) => codes.get(text) ?? text))],
    searchKey: nameKey(title),
    aliasKey: topicsKey(topics),
  };
}

/** Folded topics, one beside the other. */
export const topicsKey = (topics: string[]): string => topics.map((topic) => nameKey(topic)).join('|');

export const draftParticipants = ({ participants }: MeetingDraft): ParticipantDraft[] =>
  participants.map(({ personId, organizationId = null, side, role = null }) => ({
    ...{ personId, organizationId, side, role },
  }));

/** When one of several is to be; undefined, and faults below `at`, where that makes no sense. */
export async function exactTime(
  { startsAt, endsAt }: Pick<MeetingDraft, 'startsAt' | 'endsAt'>,
  timeZone: string,
  now: Date,
  at: string,
  faults: FaultList,
): Promise<MeetingTime | undefined> {
  const text = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), timeZone };
  return faults.gather(() => meetingTime(text, 'scheduled', now), at);
}

export function companyFaults({ participants }: MeetingDraft, at: string): FieldFault[] {
  if (participants.length === 0)
    return [{ pointer: at, code: 'required', message: 'A meeting has at least one participant.' }];
  const ids = participants.map(({ personId }) => personId);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index
      ? []
      : [{ pointer: `${at}/${index}`, code: 'duplicate_participant', message: 'This person is among them already.' }],
  );
}
