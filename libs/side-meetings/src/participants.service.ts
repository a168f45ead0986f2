import { Injectable } from '@nestjs/common';
import type { Override } from '#calendar';
import { Database, Transactional } from '#database';
import { FaultList, NotFound } from '#faults';
import { InvitationsService } from '#invitations';
import { LockedMeetings } from './locked-meetings.js';
import { MeetingEffects } from './meeting-effects.js';
import { MissingPeople } from './missing-people.js';
import type { ParticipantInput } from './participant.js';
import { ParticipantsResolver } from './participants-resolver.js';
import { ParticipantsStore } from './participants.store.js';
import type { SideMeeting } from './side-meeting.entity.js';
import { AlreadyParticipant, LastParticipant } from './side-meetings.errors.js';

/** How one more participant is added. */
export interface AddTerms {
  createMissing?: boolean;
  override?: Override;
}

/** Who takes part in a meeting; bookings and reminders of a scheduled one follow. */
@Injectable()
export class ParticipantsService {
  constructor(
    readonly database: Database,
    private readonly locked: LockedMeetings,
    private readonly resolver: ParticipantsResolver,
    private readonly missing: MissingPeople,
    private readonly store: ParticipantsStore,
    private readonly effects: MeetingEffects,
    private readonly invitations: InvitationsService,
  ) {}

  /** Answers the participant's id. Throws NotFound, Invalid, AlreadyParticipant, DoubleBooked. */
  @Transactional()
  async add(
    meetingId: string,
    input: ParticipantInput,
    { createMissing = false, override }: AddTerms = {},
  ): Promise<string> {
    const meeting = await this.locked.get(meetingId);
    const faults = new FaultList();
    const resolved = await this.resolver.resolve([input], { createMissing, at: () => '', faults });
    faults.throwAny();
    const { drafts } = await this.missing.create(resolved);
    await this.demandNew(meetingId, drafts[0]?.personId ?? '');
    const [id = ''] = await this.store.add(drafts.map((draft) => ({ meetingId, ...draft })));
    await this.follow(meeting, override);
    return id;
  }

  /**
   * Takes somebody out, and tells them: their invitation is withdrawn. Throws NotFound, LastParticipant.
   */
  @Transactional()
  async remove(meetingId: string, id: string): Promise<void> {
    const personId = await this.store.personOf(meetingId, id);
    const invitationId = personId && (await this.invitations.holdOf(meetingId, personId));
    const meeting = await this.locked.get(meetingId);
    if (!personId) throw new NotFound('participant', id);
    await this.store.remove(meetingId, id);
    if ((await this.store.attendants(meetingId)).length === 0) throw new LastParticipant();
    await this.follow(meeting);
    if (invitationId) await this.invitations.cancel(invitationId);
    else if (meeting.status === 'scheduled') await this.invitations.dismiss(meetingId, personId);
  }

  private async follow(meeting: SideMeeting, override?: Override): Promise<void> {
    if (meeting.status === 'scheduled') await this.effects.follow([meeting], override);
  }

  private async demandNew(meetingId: string, personId: string): Promise<void> {
    const attendants = await this.store.attendants(meetingId);
    if (attendants.some((attendant) => attendant.personId === personId)) throw new AlreadyParticipant(personId);
  }
}
