import { Injectable } from '@nestjs/common';
import { AuditedStore, AuditTrail } from '#audit';
import type { Override } from '#calendar';
import { currentActor, Database, Transactional } from '#database';
import { FaultList } from '#faults';
import type { PlannedMessage } from '#messaging';
import { nameKey, type RecordReference, SectorsService } from '#records';
import { type FollowUpDrafts, FollowUps, type FollowUpsInput } from './follow-ups.js';
import { LockedMeetings } from './locked-meetings.js';
import { MeetingLinks, type MeetingReferences } from './meeting-links.js';
import { topicsKey } from './meeting-draft.js';
import { MeetingEffects } from './meeting-effects.js';
import { meetingTime, type MeetingTimeText } from './meeting-time.js';
import { type Created, MissingPeople } from './missing-people.js';
import type { ParticipantInput, ResolvedParticipant } from './participant.js';
import { ParticipantsResolver } from './participants-resolver.js';
import { ParticipantsStore } from './participants.store.js';
import type { SideMeetingStatus } from './side-meeting-status.js';
import { SideMeeting, type SideMeetingKind, type Visibility } from './side-meeting.entity.js';
import { ownersWith } from './side-meeting.policy.js';

/** What is said of a meeting itself. */
export interface SideMeetingFields extends MeetingTimeText, MeetingReferences {
  title: string;
  kind: SideMeetingKind;
  location?: string | null;
  topics?: string[];
  sectors?: string[];
  visibility?: Visibility;
  summary?: string | null;
}

/** Everything about a meeting in one go. */
export interface SideMeetingInput extends SideMeetingFields, FollowUpsInput {
  status: SideMeetingStatus;
  /** At least one. */
  participants: ParticipantInput[];
  /** Add people and organizations that the directory does not have. */
  createMissing?: boolean;
  /** Book people although they are booked already. */
  override?: Override;
}

export type SideMeetingPatch = Partial<SideMeetingFields> & { override?: Override };

export interface LoggedMeeting {
  id: string;
  created: Created;
  planned: PlannedMessage[];
}

/** All that was said of a meeting, found to be right. */
interface Checked {
  fields: Partial<SideMeeting>;
  participants: ResolvedParticipant[];
  followUps: FollowUpDrafts;
}

/** Logs, changes and archives side meetings; each call is one transaction with all that follows from it. */
@Injectable()
export class SideMeetingsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly trail: AuditTrail,
    private readonly locked: LockedMeetings,
    private readonly links: MeetingLinks,
    private readonly resolver: ParticipantsResolver,
    private readonly missing: MissingPeople,
    private readonly participants: ParticipantsStore,
    private readonly followUps: FollowUps,
    private readonly effects: MeetingEffects,
    private readonly sectors: SectorsService,
  ) {}

  /** Throws Invalid with every fault of every part, DoubleBooked. */
  @Transactional()
  async log(input: SideMeetingInput): Promise<LoggedMeeting> {
    const checked = await this.check(input);
    return this.trail.together(() => this.write(input, checked));
  }

  /** A scheduled meeting takes its bookings and reminders along. Throws NotFound, Stale, Invalid, DoubleBooked. */
  @Transactional()
  async update(id: string, patch: SideMeetingPatch, version?: number): Promise<PlannedMessage[]> {
    await this.links.holdRooms(patch.roomId);
    const meeting = await this.locked.get(id, version);
    const faults = new FaultList();
    const fields = await this.fields(patch, meeting.status, faults, meeting);
    faults.throwAny();
    const seen = meeting.visibility;
    await this.store.update(SideMeeting, meeting, fields);
    if (patch.about) await this.replaceAbouts(id, patch.about);
    if (meeting.visibility !== seen) await this.followUps.followVisibility(id);
    return this.effects.followChange(meeting, patch.override);
  }

  /** Frees everybody, and tells those who knew of a meeting to come; tasks and commitments that came of it stay. Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    const meeting = await this.locked.get(id, version);
    await this.store.archive(SideMeeting, id, version);
    await this.effects.drop([meeting], 'subject_called_off');
    await this.effects.tell([meeting]);
  }

  private async write(input: SideMeetingInput, { fields, participants, followUps }: Checked): Promise<LoggedMeeting> {
    const { drafts, created } = await this.missing.create(participants);
    const ownerIds = ownersWith(currentActor(), []);
    const meeting = await this.store.insert(SideMeeting, { ...fields, status: input.status, ownerIds });
    const { id: meetingId } = meeting;
    await this.links.add((input.about ?? []).map(({ id }) => ({ meetingId, recordId: id })));
    await this.participants.add(drafts.map((draft) => ({ meetingId, ...draft })));
    const ofTasks = await this.followUps.create(meetingId, followUps);
    const own = meeting.status === 'scheduled' ? await this.effects.begin([meeting], input.override) : [];
    return { id: meetingId, created, planned: [...own, ...ofTasks] };
  }

  private async check(input: SideMeetingInput): Promise<Checked> {
    const faults = new FaultList();
    const fields = await this.fields(input, input.status, faults);
    const at = (index: number): string => `/participants/${index}`;
    if (input.participants.length === 0)
      faults.add({ pointer: '/participants', code: 'required', message: 'A meeting has at least one participant.' });
    const participants = await this.resolver.resolve(input.participants, {
      createMissing: input.createMissing ?? false,
      at,
      faults,
    });
    const followUps = await this.followUps.check(input, input.timeZone, faults);
    faults.throwAny();
    return { fields, participants, followUps };
  }

  /** The columns that the input names. */
  private async fields(
    input: SideMeetingPatch,
    status: SideMeetingStatus,
    faults: FaultList,
    stored?: SideMeeting,
  ): Promise<Partial<SideMeeting>> {
    const { title, kind, location, topics, visibility, summary, dealId, roomId } = input;
    const { sectors } = await this.sectors.withCodes(input);
    const now = await this.database.now();
    const time = (await faults.gather(() => meetingTime(input, status, now, stored))) ?? {};
    await this.links.check(input, faults);
    return {
      ...time,
      ...{ title, kind, location, topics, sectors, summary, dealId, roomId },
      visibility: visibility ?? stored?.visibility ?? 'internal',
      ...(title !== undefined && { searchKey: nameKey(title) }),
      ...(visibility === 'restricted' && stored && { ownerIds: ownersWith(currentActor(), stored.ownerIds) }),
      ...(topics && { aliasKey: topicsKey(topics) }),
    };
  }

  private async replaceAbouts(id: string, about: RecordReference[]): Promise<void> {
    const changed = await this.links.replaceAbouts(id, about);
    if (changed)
      await this.trail.record({ action: 'about_changed', subjectType: 'side_meeting', aboutId: id, after: { about } });
  }
}
